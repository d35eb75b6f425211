"""The history of a record in words: what each edit changed, and why where the editors said so."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from generator.model import Change, Field, Part, Value
from generator.render.sheet import Sheet
from generator.render.text import inert

NEWEST = 20  # edits that stand open; the others are folded away
LINES = 10  # changes of one edit that are told; the others are in the repository


def history(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The edits of the sheet's incident and the notes that belong to none; without edits, all notes."""
    assert sheet.entry
    edits = sheet.entry.edits
    return {
        "edits": edits,
        "notes": edits.notes if edits else value,
        "newest": NEWEST,
        "lines": LINES,
        "words": words,
        "link": link,
        "repository": repository(sheet),
    }


def repository(sheet: Sheet) -> str:
    """Where all changes of the record are kept; empty where no address of the repository is set."""
    settings = sheet.catalogue.settings
    assert sheet.entry
    path = sheet.entry.incident.path
    return f"{settings.repo_url.rstrip('/')}/commits/{settings.branch}/{path}" if settings.repo_url else ""


def words(sheet: Sheet, change: Change) -> Markup:
    """One change on one line: `k7 Killed: 143 → 144, TASS, 29 March 2024`."""
    if not change.id:
        return _plain(sheet, change)
    id, head = link(sheet, change.id), _head(sheet, change)
    text = change.block.by_name.get(change.block.text or "")
    if text and text.format == "quantity":
        return id + " " + _figure(sheet, change, text)
    if change.how != "changed":
        return id + f" {change.how}" + (Markup(": ") + head if head else "")
    return id + (Markup(" ") + head if head else "") + ": " + _parts(sheet, change.parts)


def link(sheet: Sheet, id: str) -> Markup:
    """An item or source by its id, linked where the page of the incident still has it."""
    assert sheet.entry
    incident = sheet.entry.incident
    if id in incident.items:
        return sheet.link(id, f"incidents/{incident.id}", id)
    if id in incident.sources:
        return sheet.link(id, f"incidents/{incident.id}", f"s-{id}")
    return inert(id)


def _plain(sheet: Sheet, change: Change) -> Markup:
    title = inert(change.block.title)
    if any(part.title for part in change.parts):
        return title + ": " + _parts(sheet, change.parts)
    return Markup("; ").join(_part(sheet, part, change.block.title) for part in change.parts)


def _figure(sheet: Sheet, change: Change, text: Field) -> Markup:
    """A figure: the number goes first, then who says so and when, then whatever else was changed."""
    number = next((part for part in change.parts if part.field is text and part.shown), None)
    if number:
        said = _value(sheet, text, number.before) + " → " + _value(sheet, text, number.after)
    elif text.name in change.about:
        said = _value(sheet, text, change.about[text.name])
    else:
        said = Markup("figure")
    what = said + (f" {change.how}" if change.how != "changed" else "")
    line = Markup(", ").join(each for each in (_kind(sheet, change) + ": " + what, _provenance(sheet, change)) if each)
    rest = tuple(part for part in change.parts if part is not number)
    return line + ("; " + _parts(sheet, rest) if rest else "")


def _head(sheet: Sheet, change: Change) -> Markup:
    """What kind of item it is, whose and of when; of a source its publisher and day, as they are today."""
    assert sheet.entry
    source = sheet.entry.incident.sources.get(change.id)
    if change.block.view == "sources":
        csl = source.values["csl"] if source else {}
        names = [inert(csl[name]) for name in ("container-title", "publisher") if name in csl][:1]
        return Markup(", ").join([*names, *([sheet.date(csl["issued"])] if "issued" in csl else [])])
    return Markup(", ").join(each for each in (_kind(sheet, change), _provenance(sheet, change)) if each)


def _kind(sheet: Sheet, change: Change) -> Markup:
    block, about = change.block, change.about
    label = block.label or ""
    kind = _value(sheet, block.by_name[label], about[label]) if label in about else inert(block.title)
    group = block.by_name.get("group")
    return kind + (Markup(", ") + _value(sheet, group, about["group"]).lower() if group and "group" in about else "")


def _provenance(sheet: Sheet, change: Change) -> Markup:
    block, about = change.block, change.about
    parts = []
    if block.voice and block.voice in about:
        voice = about[block.voice]
        parts.append(_value(sheet, block.by_name[block.voice], voice) if voice else Markup("voice not named"))
    if block.date and block.date in about:
        parts.append(sheet.date(about[block.date]))
    return Markup(", ").join(parts)


def _parts(sheet: Sheet, parts: tuple[Part, ...]) -> Markup:
    return Markup("; ").join(_part(sheet, each, each.title) for each in parts)


def _part(sheet: Sheet, part: Part, title: str) -> Markup:
    if not part.shown:
        return inert(title) + (" reworded" if part.reworded else f" {part.how}")
    if part.how == "changed" and part.field.refers_to and part.field.many:
        return inert(title) + ": " + _references(part)
    if part.how == "changed":
        old, new = (_value(sheet, part.field, each) for each in (part.before, part.after))
        return inert(title) + ": " + old + " → " + new
    value = part.after if part.how == "added" else part.before
    return inert(title) + f" {part.how}: " + _value(sheet, part.field, value)


def _references(part: Part) -> Markup:
    """What came to a list of ids, and what went; the others are not told again."""
    came = [f"{each} added" for each in part.after if each not in part.before]
    went = [f"{each} removed" for each in part.before if each not in part.after]
    return inert(", ".join(came + went))


def _value(sheet: Sheet, field: Field, value: Value) -> Markup:
    """A value without links, for what it names may be gone by now."""
    if isinstance(value, list | tuple):
        return Markup(", ").join(_value(sheet, field, each) for each in value) if value else Markup("none")
    if isinstance(value, bool):
        return Markup("yes") if value else Markup("no")
    if value is None:
        return Markup("none")
    if field.vocabulary:
        return inert(sheet.term(field.vocabulary, value).label)
    if field.format in ("moment", "date"):
        return sheet.date(value)
    if field.format == "quantity":
        return sheet.quantity(value)
    return Markup("“") + inert(value) + "”" if field.format == "line" else inert(value)
