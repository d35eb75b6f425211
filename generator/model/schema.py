"""The schema as the class of every incident: its fields in order, and the vocabularies they draw on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from generator.model.document import Path, Value, freeze


@dataclass(frozen=True)
class Term:
    """One value of a vocabulary: its label, its definition in one sentence, and its codes in other data sets."""

    id: str
    label: str
    definition: str = ""
    codes: Mapping[str, Value] = field(default_factory=dict)
    more: Mapping[str, Value] = field(default_factory=dict)  # what only some vocabularies say: kind, box, inverse …


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of words. `each` is the folder where every word in use has a page of its own, if they have."""

    name: str
    title: str
    description: str
    terms: Mapping[str, Term]
    each: str | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Term]:
        """The terms by every name they go by, in small letters: their labels and their aliases."""
        return {
            name.casefold(): term
            for term in self.terms.values()
            for name in (term.label, *(each["name"] for each in term.more.get("aliases", ())))
        }

    @property
    def address(self) -> str:
        """The folder of its page below the site."""
        return self.each or f"vocabulary/{self.name}"


@dataclass(frozen=True)
class Field:
    """One field of the schema, whether it holds a single value, a map of fields or a list.

    `fields` are those of the map, or of each map in the list; `short` names the one that a bare value stands for. In a
    block of items `date`, `label`, `voice` and `text` name the fields that say when, what kind, who and what.
    """

    path: tuple[str, ...]
    title: str
    description: str = ""
    examples: tuple[Value, ...] = ()
    kind: str = "text"  # "text", "number", "flag", "map"
    many: bool = False  # a list of that kind
    one: str | None = None  # what one item of the list is called
    required: bool = False
    format: str | None = None
    show: frozenset[str] = frozenset()  # "box", "table", "page"
    view: str | None = None
    vocabulary: str | None = None
    refers_to: str | None = None
    links_back: str | None = None
    anchor: str | None = None
    date: str | None = None
    label: str | None = None
    voice: str | None = None
    text: str | None = None
    time: str | None = None
    short: str | None = None
    apart: bool | None = None
    known: str | None = None  # "said", "from", "now"
    fields: tuple[Field, ...] = ()

    @property
    def name(self) -> str:
        """The key in the file."""
        return self.path[-1]

    @property
    def dotted(self) -> str:
        """The path in one word: `where.country`."""
        return ".".join(self.path)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields of the map by their keys."""
        return {each.name: each for each in self.fields}


class Leaf(NamedTuple):
    """A single value of an incident, with the field that it fills and where it stands in the file."""

    field: Field
    path: Path
    value: Value


@dataclass(frozen=True)
class Schema:
    """What an incident may say, how each field is shown, and the vocabularies. `document` is the JSON schema itself."""

    document: Mapping[str, Value]
    fields: tuple[Field, ...]
    vocabularies: Mapping[str, Vocabulary]

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The top-level fields by their keys."""
        return {each.name: each for each in self.fields}

    @cached_property
    def by_path(self) -> Mapping[str, Field]:
        """Every field that is not inside a list, by its dotted path."""
        return {each.dotted: each for each in self.every_field() if each.dotted}

    def voice(self, actor: str | None) -> str:
        """Who speaks, in words alone: the label of the actor, or that the source does not name one."""
        return self.vocabularies["actors"].terms[actor].label if actor else "voice not named"

    def every_field(self) -> Iterator[Field]:
        """All fields, depth first, in the order of the schema."""

        def below(fields: tuple[Field, ...]) -> Iterator[Field]:
            for each in fields:
                yield each
                yield from below(each.fields)

        return below(self.fields)

    @property
    def blocks(self) -> tuple[Field, ...]:
        """The top-level fields that are lists of items with addresses of their own."""
        return tuple(each for each in self.fields if each.anchor)

    def leaves(self, values: Mapping[str, Value]) -> Iterator[Leaf]:
        """Every single value of an incident in short or long form, with its field; unknown keys are passed over."""
        for each in self.fields:
            if each.name in values:
                yield from _leaves(each, (each.name,), values[each.name])


def _leaves(field: Field, path: Path, value: Value, *, inside_list: bool = False) -> Iterator[Leaf]:
    if isinstance(value, Mapping):
        for each in field.fields:
            if each.name in value:
                yield from _leaves(each, (*path, each.name), value[each.name])
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            if not inside_list:
                yield from _leaves(field, (*path, index), item, inside_list=True)
    elif field.kind == "map" and field.short:
        yield Leaf(field.by_name[field.short], path, value)
    else:
        yield Leaf(field, path, value)


def expand(schema: Schema, values: Mapping[str, Value]) -> Mapping[str, Value]:
    """The long form of what an editor typed, for values that fit the schema.

    Bare values become maps or lists of one, words of a vocabulary that stand for a map become that map, every item has
    an id, and a source written out in place moves to the list of sources. Paths stay valid: what is new has no place.
    """
    inline: list[Value] = []
    long = {
        each.name: _expanded(schema, each, values[each.name], inline) for each in schema.fields if each.name in values
    }
    if inline:
        long["sources"] = [*long["sources"], *inline]
    return MappingProxyType({name: freeze(value) for name, value in long.items()})


def _expanded(schema: Schema, field: Field, value: Value, inline: list[Value]) -> Value:
    if field.many:
        listed = value if isinstance(value, list | tuple) else () if field.anchor else (value,)
        items = [_expanded_one(schema, field, each, inline) for each in listed]
        if field.anchor:
            items = [{"id": f"{field.anchor}{position}", **each} for position, each in enumerate(items, 1)]
        return items
    return _expanded_one(schema, field, value, inline)


def _expanded_one(schema: Schema, field: Field, value: Value, inline: list[Value]) -> Value:
    if isinstance(value, Mapping) and field.refers_to:
        inline.append(value)
        return value["id"]
    if isinstance(value, Mapping):
        return {name: _expanded(schema, field.by_name[name], each, inline) for name, each in value.items()}
    if field.kind == "map" and field.short:
        return {field.short: value}
    if field.kind == "map" and field.vocabulary:
        return schema.vocabularies[field.vocabulary].terms[value].more["stands_for"]
    return value


_ANNOTATIONS = {
    "x-view": "view",
    "x-vocabulary": "vocabulary",
    "x-refers-to": "refers_to",
    "x-links-back": "links_back",
    "x-anchor": "anchor",
    "x-date": "date",
    "x-label": "label",
    "x-voice": "voice",
    "x-text": "text",
    "x-time": "time",
    "x-short": "short",
    "x-apart": "apart",
    "x-known": "known",
}
_KINDS = {"object": "map", "number": "number", "integer": "number", "boolean": "flag"}


def build_schema(document: Mapping[str, Value], vocabularies: Mapping[str, Vocabulary]) -> Schema:
    """The fields of a JSON schema (draft 2020-12, local `$ref` only) in its own order, with our annotations."""
    definitions = document.get("$defs", {})
    return Schema(document, _fields(document, (), definitions), vocabularies)


def _fields(node: Mapping[str, Value], path: tuple[str, ...], definitions: Mapping[str, Value]) -> tuple[Field, ...]:
    required = set(node.get("required", ()))
    properties = node.get("properties", {})
    return tuple(_field(each, (*path, name), name in required, definitions) for name, each in properties.items())


def _field(node: Mapping[str, Value], path: tuple[str, ...], required: bool, definitions: Mapping[str, Value]) -> Field:
    node = _long_form(node, definitions)
    inner, many = node, False
    if "items" in node:
        inner, many = _long_form(node["items"], definitions), True
    types = inner.get("type", ())
    types = [types] if isinstance(types, str) else [each for each in types if each != "null"]
    said = {ours: node.get(theirs, inner.get(theirs)) for theirs, ours in _ANNOTATIONS.items()}
    refers = said["refers_to"] is not None  # a reference is a word; what it may hold instead is written at its target
    return Field(
        path=path,
        title=node.get("title", path[-1].replace("_", " ").capitalize()),
        description=node.get("description", ""),
        examples=tuple(node.get("examples", ())),
        kind="text" if refers or len(types) != 1 else _KINDS.get(types[0], "text"),
        many=many,
        one=inner.get("title") if many else None,
        required=required,
        format=inner.get("format"),
        show=frozenset(node.get("x-show", ())),
        fields=() if refers else _fields(inner, path, definitions),
        **said,
    )


def _long_form(node: Mapping[str, Value], definitions: Mapping[str, Value]) -> Mapping[str, Value]:
    """`node` with its `$ref` followed and the fullest of its `oneOf` forms: a list before a map before a bare value."""
    while "$ref" in node:
        rest = {key: value for key, value in node.items() if key != "$ref"}
        node = _merge(definitions[node["$ref"].rpartition("/")[2]], rest)
    if "oneOf" in node:
        forms = [_long_form(form, definitions) for form in node["oneOf"]]
        fullest = max(forms, key=lambda form: ("items" in form, "properties" in form, "type" in form))
        for form in forms:
            if "properties" in form and "properties" in fullest:
                fullest = _merge(form, fullest)
        return _merge(fullest, {key: value for key, value in node.items() if key != "oneOf"})
    return node


def _merge(base: Mapping[str, Value], over: Mapping[str, Value]) -> Mapping[str, Value]:
    """`base` with the keys of `over` on top, `properties` one by one, so that a use can annotate a definition."""
    merged = {**base, **over}
    if "properties" in base and "properties" in over:
        both = {name: {**each, **over["properties"].get(name, {})} for name, each in base["properties"].items()}
        merged["properties"] = {**both, **{name: each for name, each in over["properties"].items() if name not in both}}
    return merged
