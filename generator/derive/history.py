"""The history of a record: what each of its revisions changed, and what the editors noted about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress

from generator.derive.difference import OLD_FORM, SOURCES, alike, differences, long_form
from generator.model import Edit, Edits, Field, History, Incident, Revision, Schema, Value, expand

VIEW = "history"  # of the field that holds the editors' notes
UNCOMMITTED = "this record has not been committed to the repository yet"
_STAMPS = frozenset({"schema", "record.updated"})  # change with every edit, and say nothing that its date does not


def edits(incident: Incident, history: History, schema: Schema) -> Edits:
    """The edits of one record, newest first; those that changed its form alone are left out.

    A note stands with the first revision that has it, in the words of today: what was taken out of it stays out.
    """
    diary = next((each for each in schema.fields if each.view == VIEW), None)
    notes = tuple(incident.values.get(diary.name, ())) if diary else ()
    revisions = history.revisions.get(incident.path, ())
    if history.missing or not revisions:
        return Edits(notes=notes, missing=history.missing or UNCOMMITTED)
    oldest_first = list(reversed(revisions))
    cut = incident.path in history.cut
    base = oldest_first.pop(0) if cut else None  # read to be compared with, not to be shown
    earlier = _with(base, diary, notes, schema) if base else ()
    placed = list(earlier)
    leave = _STAMPS | ({diary.dotted} if diary else frozenset())
    found: list[Edit] = []
    before = base.values if base else None
    begins = base is None or base.removed  # whether there was certainly no record before
    for revision in oldest_first:
        if revision.values is None:
            found.append(Edit(revision.at, "removed" if revision.removed else "unreadable"))
            if revision.removed:
                before, begins = None, True
            continue
        with_it = tuple(each for each in _with(revision, diary, notes, schema) if each not in placed)
        placed += with_it
        if before is None and begins:
            found.append(Edit(revision.at, "begun", (), with_it, **_counts(revision.values, schema)))
        else:
            changes = () if before is None else tuple(differences(before, revision.values, schema, leave))
            found += [Edit(revision.at, "changed", changes, with_it)] if changes or with_it else []
        before = revision.values
    return Edits(tuple(reversed(found)), (*earlier, *(each for each in notes if each not in placed)), cut=cut)


def _counts(values: Mapping[str, Value], schema: Schema) -> Mapping[str, int]:
    """How many figures and sources a revision has, those written out where they are cited among them."""
    with suppress(*OLD_FORM):
        values = expand(schema, values)
    figures = [values.get(each.name) for each in schema.blocks if each.view == "figures"]
    return {"figures": sum(map(_length, figures)), "sources": _length(values.get(SOURCES))}


def _length(value: Value) -> int:
    return len(value) if isinstance(value, list | tuple) else 0


def _with(revision: Revision, diary: Field | None, notes: Sequence[Value], schema: Schema) -> tuple[Value, ...]:
    """Those of the notes that a revision has, in whatever words: known by their day, kind and what they refer to."""
    if diary is None or revision.values is None or diary.name not in revision.values:
        return ()
    free = {each.name for each in diary.fields if each.format in ("line", "prose")}

    def keys(value: Value) -> list[str]:
        listed = long_form(diary, value, schema)
        maps = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
        return [alike({name: said for name, said in each.items() if name not in free}) for each in maps]

    there = Counter(keys(revision.values[diary.name]))
    number = Counter[str]()
    found = []
    for note, key in zip(notes, keys(notes), strict=True):
        number[key] += 1
        found += [note] if number[key] <= there[key] else []
    return tuple(found)
