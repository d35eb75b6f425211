"""By what the table can be narrowed down: fields that the schema marks as facets, and the decade of the start.

Facets that come from one block belong together: an actor and a role are asked of one and the same item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.model import Catalogue, Entry, Field, Value

DECADE = "decade"


class Facet(NamedTuple):
    """One list to choose from: its words by label with how many incidents have them. `of` is what it belongs to."""

    name: str
    title: str
    of: str
    place: int  # among those that belong together
    words: tuple[tuple[str, str, int], ...]  # word, label, incidents


Found = Mapping[str, tuple[tuple[str, ...], ...]]  # by `of`, the words that belong together


def facets(catalogue: Catalogue) -> tuple[Facet, ...]:
    """The facets that tell incidents of this register apart, in the order of the schema."""
    every = [of_incident(catalogue, entry) for entry in catalogue.entries.values()]
    return tuple(
        facet
        for of, fields in _groups(catalogue).items()
        for place, (name, title, vocabulary) in enumerate(fields)
        if len((facet := Facet(name, title, of, place, _words(catalogue, vocabulary, of, place, every))).words) > 1
    )


def of_incident(catalogue: Catalogue, entry: Entry) -> Found:
    """The words by which one incident is found."""
    found = {of: tuple(dict.fromkeys(_found(catalogue, entry, of))) for of in _groups(catalogue)}
    return {of: words for of, words in found.items() if words}


def written(found: Found) -> str:
    """The words of one incident as the page's script reads them: `country=RU;actors=fsb/authority,baza/channel`."""
    return ";".join(f"{of}={','.join('/'.join(words) for words in every)}" for of, every in found.items())


Named = tuple[str, str, str]  # name, title, vocabulary


def _groups(catalogue: Catalogue) -> Mapping[str, tuple[Named, ...]]:
    """The facets by what they belong to: their own name, or the block whose items have them."""
    groups: dict[str, tuple[Named, ...]] = {}
    for field in catalogue.schema.every_field():
        if "facet" in field.show:
            vocabulary = field.vocabulary or (field.by_name[field.short].vocabulary if field.short else None) or ""
            top = catalogue.schema.by_name[field.path[0]]
            of = top.name if top.anchor else field.name
            groups[of] = (*groups.get(of, ()), (field.name, field.title, vocabulary))
    groups[DECADE] = ((DECADE, "Decade", ""),)
    return groups


def _found(catalogue: Catalogue, entry: Entry, of: str) -> Iterator[tuple[str, ...]]:
    incident = entry.incident
    block = catalogue.schema.by_name.get(of)
    if of == DECADE:
        if incident.start.first:
            yield (f"{incident.start.first.year // 10 * 10}s",)
    elif block and block.anchor:
        names = [each.name for each in block.fields if "facet" in each.show]
        yield from (tuple(str(item.values.get(name, "")) for name in names) for item in incident.block(of))
    else:
        field = next(each for each in catalogue.schema.every_field() if each.name == of and "facet" in each.show)
        yield from ((word,) for word in _values(catalogue, field, incident.values))


def _values(catalogue: Catalogue, field: Field, values: Mapping[str, Value]) -> Iterator[str]:
    """The words of a field that stand, without what is marked as past."""
    at: Value = values
    for name in field.path:
        at = at.get(name, ()) if at else ()
    for each in at if isinstance(at, Sequence) and not isinstance(at, str) else [at]:
        if isinstance(each, Mapping) and field.short:
            status = field.by_name.get("status")
            standing = (
                catalogue.term(status.vocabulary, each["status"])
                if status and status.vocabulary and "status" in each
                else None
            )
            if standing is None or not standing.more.get("past"):
                yield str(each[field.short])
        elif each:
            yield str(each)


def _words(
    catalogue: Catalogue, vocabulary: str, of: str, place: int, every: Sequence[Found]
) -> tuple[tuple[str, str, int], ...]:
    counts: dict[str, int] = {}
    for found in every:
        for word in {words[place] for words in found.get(of, ()) if words[place]}:
            counts[word] = counts.get(word, 0) + 1
    labels = {word: catalogue.term(vocabulary, word).label if vocabulary else word for word in counts}
    return tuple(
        (word, labels[word], counts[word]) for word in sorted(counts, key=lambda each: labels[each].casefold())
    )
