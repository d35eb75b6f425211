"""Two revisions of a record in, readable changes out: by item, by source, by field.

What an editor writes freely (prose, quotes, names of persons) is never repeated, only said to differ: it may have been
taken out for a reason, and an allegation must not come back through its history.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from generator.model import Change, Field, Moment, MomentError, Part, Quantity, QuantityError, Schema, Value, expand

SOURCES = "sources"
MOST_LETTERS = 120  # of a text that is repeated
OLD_FORM = (KeyError, TypeError, AttributeError, ValueError)  # what a record of an older schema makes `expand` raise
_ABSENT = object()

Values = Mapping[str, Value]
Inline = tuple[list[Value], list[Value]]  # sources written out where they are cited, before and after


class _Item(NamedTuple):
    """An item or source in long form; `fixed` when its id is written down and not made from its position."""

    id: str
    fixed: bool
    values: Values


def differences(before: Values, after: Values, schema: Schema, leave: frozenset[str]) -> Iterator[Change]:
    """What differs between two revisions, in the order of the schema; nothing where only the form does.

    `leave` names the fields, dotted, that are about the editing itself.
    """
    inline: Inline = ([], [])
    for field in schema.fields:
        old, new = before.get(field.name, _ABSENT), after.get(field.name, _ABSENT)
        if field.name == SOURCES:
            yield from _items(field, [*_listed(old), *inline[0]], [*_listed(new), *inline[1]], schema, ([], []))
        elif field.dotted in leave or old is new or old == new:
            continue
        elif field.anchor:
            yield from _items(field, _listed(old), _listed(new), schema, inline)
        elif parts := _parts(field, long_form(field, old, schema), long_form(field, new, schema), schema, leave):
            yield Change("added" if old is _ABSENT else "removed" if new is _ABSENT else "changed", field, parts=parts)


def long_form(field: Field, value: Value, schema: Schema) -> Value:
    """A top-level value in long form and without what is only form, as far as the schema still knows it."""
    if value is _ABSENT:
        return value
    with suppress(*OLD_FORM):
        value = expand(schema, {SOURCES: (), field.name: value})[field.name]
    return _plain(field, value)


def alike(value: Value) -> str:
    """The same text for values that are the same, to find them by."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=dict)


def _listed(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list | tuple) else ()


def _items(
    block: Field, before: Iterable[Value], after: Iterable[Value], schema: Schema, inline: Inline
) -> Iterator[Change]:
    """The items that differ. Those that stand on both sides under one id as they are need no closer look."""
    old, new = dict(_by_id(block, before)), dict(_by_id(block, after))
    same = {id for id, each in old.items() if id in new and (each is new[id] or each == new[id])}
    was = {id: _item(block, id, each, schema, inline[0]) for id, each in old.items() if id not in same}
    now = {id: _item(block, id, each, schema, inline[1]) for id, each in new.items() if id not in same}
    pairs: dict[str, _Item] = {}
    left = dict(was)
    for key in _keys(block):
        waiting = {key(each): id for id, each in reversed(left.items())}
        for id, each in now.items():
            if id not in pairs and (found := waiting.pop(key(each), None)) is not None:
                pairs[id] = left.pop(found)
    for id, each in left.items():
        yield Change("removed", block, id, _about(block, each, schema))
    for id, each in now.items():
        if id not in pairs:
            yield Change("added", block, id, _about(block, each, schema))
        elif parts := _parts(
            block, pairs[id].values, each.values, schema, guarded=_guarded(block, each, pairs[id], schema)
        ):
            yield Change("changed", block, id, _about(block, each, schema), parts)


def _by_id(block: Field, values: Iterable[Value]) -> Iterator[tuple[str, Value]]:
    for position, each in enumerate(values, 1):
        if isinstance(each, Mapping):
            id = each.get("id")
            yield (id if isinstance(id, str) else f"{block.anchor or ''}{position}"), each


def _item(block: Field, id: str, raw: Values, schema: Schema, inline: list[Value]) -> _Item:
    long: Values = {"id": id, **raw}
    with suppress(*OLD_FORM):
        expanded = expand(schema, {SOURCES: (), block.name: (long,)})
        inline += () if block.name == SOURCES else expanded[SOURCES]
        long = expanded[block.name][0]
    return _Item(
        id, "id" in raw, {name: _plain(block.by_name.get(name), each) for name, each in long.items() if name != "id"}
    )


def _keys(block: Field) -> Iterator[Callable[[_Item], str]]:
    """By what an item is known again, the surest first: ids made from positions shift when one is put in between."""
    kind = [name for name in (block.label, "group") if name]
    whole = [*kind, *(name for name in (block.voice, block.date) if name)]

    def said(names: list[str], item: _Item) -> list[Value]:
        return [item.values.get(name) for name in names]

    yield lambda item: alike(item.values)
    yield lambda item: alike([item.id, said(whole, item)])
    yield lambda item: alike([item.id if item.fixed else "", said(whole, item)])
    yield lambda item: alike([item.id, said(kind, item)])


def _parts(
    field: Field,
    before: Value,
    after: Value,
    schema: Schema,
    leave: frozenset[str] = frozenset(),
    *,
    guarded: bool = False,
    titles: tuple[str, ...] = (),
) -> tuple[Part, ...]:
    """The fields that differ between two values in long form: maps field by field, everything else as a whole."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return tuple(
            part
            for each in field.fields
            if each.dotted not in leave
            for part in _parts(
                each,
                before.get(each.name, _ABSENT),
                after.get(each.name, _ABSENT),
                schema,
                leave,
                guarded=guarded,
                titles=(*titles, each.title),
            )
        )
    if before == after:
        return ()
    how = "added" if before is _ABSENT else "removed" if after is _ABSENT else "changed"
    title = ", ".join(titles)
    words, old, new = field, before, after
    if field.many and field.short:
        words = field.by_name[field.short]
        old, new = ([_short(field, each) for each in _listed(value)] for value in (before, after))
    showable = all(value is _ABSENT or _showable(words, value, schema, guarded) for value in (old, new))
    if old == new or not showable:
        return (Part(title, words, how),)
    old, new = (None if value is _ABSENT else value for value in (old, new))
    return (Part(title, words, how, old, new, shown=True),)


def _short(field: Field, value: Value) -> Value:
    return value.get(field.short) if isinstance(value, Mapping) else value


def _guarded(block: Field, one: _Item, other: _Item, schema: Schema) -> bool:
    """Whether an item is or was of a kind whose words are never shown openly."""
    label = block.by_name.get(block.label or "")
    if label is None or label.vocabulary is None:
        return False
    terms = schema.vocabularies[label.vocabulary].terms
    kinds = [terms.get(str(each.values.get(label.name))) for each in (one, other)]
    return any(kind and kind.more.get("guarded") for kind in kinds)


def _about(block: Field, item: _Item, schema: Schema) -> Values:
    """What may be said of any item, guarded or not: its kind, voice and date, and a figure where that is its text."""
    names = {block.label, "group", block.voice, block.date, block.text}
    fields = [each for each in block.fields if each.name in names and each.name in item.values]
    return {each.name: item.values[each.name] for each in fields if _showable(each, item.values[each.name], schema)}


def _showable(field: Field, value: Value, schema: Schema, guarded: bool = False) -> bool:
    """Whether a value may be repeated, and is one that the schema of today knows how to show."""
    if value is None:
        return True
    if isinstance(value, list | tuple):
        return field.kind != "map" and all(_showable(field, each, schema, guarded) for each in value)
    if field.vocabulary:
        vocabulary = schema.vocabularies[field.vocabulary]
        return isinstance(value, str) and value in vocabulary.terms and not (guarded and vocabulary.each)
    if isinstance(value, Mapping):
        return False
    try:
        if field.format == "quantity":
            return bool(Quantity.parse(value))
        if field.format in ("moment", "date"):
            return bool(Moment.parse(value))
    except (QuantityError, MomentError):
        return False
    if not isinstance(value, str):
        return True
    if field.format == "line":
        return len(value) <= MOST_LETTERS and (len(field.path) == 1 or "box" in schema.by_name[field.path[0]].show)
    return field.format not in ("prose", "url") and " " not in value and len(value) <= MOST_LETTERS


def _plain(field: Field | None, value: Value) -> Value:
    """The value without what is only form: line breaks, the order of references, quotes around a number."""
    if isinstance(value, Mapping):
        return {name: _plain(field.by_name.get(name) if field else None, each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        listed = [_plain(field, each) for each in value]
        return sorted(listed, key=alike) if field and field.refers_to else listed
    if isinstance(value, str):
        return " ".join(value.split())
    return str(value) if field and field.format == "quantity" and isinstance(value, int) else value
