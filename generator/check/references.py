"""Rules 1 to 7 and 65: what one file names exists, once, and is used."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from generator.check.draft import Cited, Draft
from generator.check.register import Printed, Register
from generator.check.rule import Finding, rule
from generator.model import Path, marks, nearest, normal_address, references


def _cited(draft: Draft) -> Iterator[tuple[Path, str]]:
    """Every source id that the file cites, in a list of sources or by a mark in its prose."""
    for field, path, value in draft.leaves:
        if field.refers_to == "sources":
            yield path, value
        elif field.format == "prose":
            yield from ((path, mark) for mark in dict.fromkeys(marks(value)))


@rule(1)
def unknown_source(draft: Draft, register: Register) -> Iterator[Finding]:
    """Every source that is cited stands in the list of sources.

    A citation is an id under `sources` or a mark such as `[s1]` in a text. One that leads nowhere leaves a statement
    without its source.
    """
    for path, id in _cited(draft):
        if id not in draft.source_ids:
            offer = nearest(id, draft.source_ids)
            remedy = f"{offer} Else add it under “sources”" if offer else "add it under “sources”, or cite another one"
            yield Finding(path, f"there is no source “{id}” in this file", remedy)


@rule(2, "warning")
def unused_source(draft: Draft, register: Register) -> Iterator[Finding]:
    """Every source in the list supports something.

    A source that nothing cites is either left over or waits for an item that was forgotten.
    """
    used = {id for _, id in _cited(draft)}
    for path, values in draft.sources:
        if values["id"] not in used:
            remedy = "cite it where it is the source of something, or take it out"
            yield Finding((*path, "id"), f"nothing cites the source “{values['id']}”", remedy)


@rule(3)
def same_address_twice(draft: Draft, register: Register) -> Iterator[Finding]:
    """One address is one source: one id in a file, one title and one date of issue in all files.

    Addresses are compared without scheme, `www.`, closing slash and fragment. Sources are merged by address, so two
    ids would count one report twice, and two titles would leave open which one is right.
    """
    seen: dict[str, Cited] = {}
    for source in draft.sources:
        path, csl = (*source.path, "csl"), source.values["csl"]
        if "URL" not in csl:
            continue
        address = normal_address(csl["URL"])
        earlier = seen.setdefault(address, source)
        first = register.addresses[address][0]
        if earlier.id != source.id:
            message = f"“{source.id}” has the address of “{earlier.id}” in line {draft.line(earlier.path)}"
            yield Finding((*path, "URL"), message, f"cite “{earlier.id}” instead, and take “{source.id}” out")
        elif first.draft is not draft:
            yield from _told_otherwise(Printed(draft, source), first)


def _told_otherwise(printed: Printed, first: Printed) -> Iterator[Finding]:
    ours, theirs = (each.source.values["csl"] for each in (printed, first))
    for name in ("title", "issued"):
        if name in ours and name in theirs and ours[name] != theirs[name]:
            path = (*printed.source.path, "csl", name)
            there = first.draft.at((*first.source.path, "csl", name))
            message = f"the {name} of this address is “{ours[name]}” here and “{theirs[name]}” in {there}"
            yield Finding(path, message, "look at the source and write the same in both files")


@rule(4)
def unknown_item(draft: Draft, register: Register) -> Iterator[Finding]:
    """Every item that another one names stands in the same file, in the block where it belongs.

    Items are named by their ids, such as `k3`; an item without an id has its block’s letter and its position.
    """
    blocks = {block.name for block in draft.schema.blocks}
    for field, path, id in draft.leaves:
        wanted = field.refers_to
        if wanted != "items" and wanted not in blocks:
            continue
        if id not in draft.by_id:
            choices = [item.id for item in draft.items if wanted in ("items", item.block.name)]
            offer = nearest(id, choices) or f"there are {', '.join(choices[:12])}"
            yield Finding(path, f"there is no item “{id}” in this file", offer)
        elif wanted not in ("items", draft.by_id[id].block.name):
            message = f"“{id}” is an item of “{draft.by_id[id].block.name}”"
            yield Finding(path, message, f"name an item of “{wanted}” here")


@rule(5)
def repeated_id(draft: Draft, register: Register) -> Iterator[Finding]:
    """Every id is given once: of an incident in the register, of an item or a source in its file.

    An id is an address. An item without one has its block’s letter and its position, so a written `k3` may meet the
    third figure. Capitals make no difference.
    """
    first = register.ids[draft.id.casefold()]
    if first is not draft.document:
        place = first.place(("id",))
        yield Finding(
            ("id",), f"the id “{draft.id}” is already that of {first.path}:{place.line}", "choose another one"
        )
    seen: dict[str, Path] = {}
    for path, id in [
        *((item.path, item.id) for item in draft.items),
        *((each.path, each.id) for each in draft.sources),
    ]:
        earlier = seen.setdefault(id, path)
        if earlier is not path:
            message = f"the id “{id}” is already that of {_ordinal(earlier)} in line {draft.line(earlier)}"
            yield Finding((*path, "id"), message, f"write an id that is free, such as “{_free(draft, id)}”")


@rule(65)
def link_to_nothing(draft: Draft, register: Register) -> Iterator[Finding]:
    """Every link in a text leads to something that the register has.

    A text names an incident, an actor, a word of a vocabulary, a source or an item by its id:
    `[the group](actors/example-front)`, `[the other attack](incidents/2004-example-hall)`, `[that number](#k3)`.
    """
    for field, path, value in draft.leaves:
        for link in references(value) if field.format == "prose" else ():
            choices = _targets(link.kind, draft, register)
            if choices is None:
                kinds = ["incidents", "sources", *draft.schema.vocabularies]
                offer = nearest(link.kind, kinds) or f"write one of {', '.join(sorted(kinds))}"
                yield Finding(path, f"“{link.kind}” of the link “{link.words}” is nothing that can be named", offer)
            elif link.target not in choices:
                offer = nearest(link.target, choices) or "correct the id, or take the link out and leave its words"
                yield Finding(path, f"the link “{link.words}” leads to “{link.target}”, which does not exist", offer)


def _targets(kind: str, draft: Draft, register: Register) -> Collection[str] | None:
    """The ids that a link of this kind may lead to."""
    if kind == "incidents":
        return register.by_id
    if kind in ("items", "sources"):
        return draft.by_id if kind == "items" else draft.source_ids
    vocabulary = draft.schema.vocabularies.get(kind)
    return vocabulary.terms if vocabulary else None


def _ordinal(path: Path) -> str:
    last = path[-1]
    return f"item {last + 1} of “{path[0]}”" if isinstance(last, int) else f"“{path[0]}”"


def _free(draft: Draft, id: str) -> str:
    """An id with the same letters and a number above all that are taken."""
    letters = id.rstrip("0123456789")
    taken = {each.removeprefix(letters) for each in [*draft.by_id, *draft.source_ids] if each.startswith(letters)}
    return f"{letters}{max((int(number) for number in taken if number.isdecimal()), default=1) + 1}"


@rule(6)
def id_is_not_the_file_name(draft: Draft, register: Register) -> Iterator[Finding]:
    """The id of an incident is the name of its file without `.yaml`.

    File name, id and address of the page are one, so that each can be found from the other.
    """
    name = PurePosixPath(draft.document.path).stem
    if draft.id != name:
        message = f"the id is “{draft.id}”, the file is called “{name}”"
        yield Finding(("id",), message, f"write “{name}”, or rename a file that is not yet published")


@rule(7)
def former_id_is_taken(draft: Draft, register: Register) -> Iterator[Finding]:
    """A former id belongs to one record, and no living record has it.

    A former id answers with a redirect; it can lead to one page only, and not away from a page that exists.
    """
    for index, id in enumerate(draft.values.get("former_ids", ())):
        path: Path = ("former_ids", index)
        first, there = register.former[id][0]
        if id.casefold() in register.ids:
            document = register.ids[id.casefold()]
            message = f"“{id}” is the id of {document.path}:{document.place(('id',)).line}"
            yield Finding(path, message, "take it out, or rename the other record first")
        elif first is not draft:
            yield Finding(path, f"“{id}” is also a former id in {first.at(there)}", "leave it in one of the two files")
