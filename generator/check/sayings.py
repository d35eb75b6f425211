"""What is said of a value that does not fit the schema: what it is, and how to write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator.check.formats import RULES
from generator.model import Field, Path, Schema, Value, nearest

_FEW = 12  # so many choices are listed; of more, only the nearest is named
_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a map",
    "array": "a list",
    "null": "null",
}
_FORMS = {"moment": "a date such as 2024-03-22", "date": "a day such as 2024-03-22", "url": "an address"}


class Misfit(NamedTuple):
    """An error of jsonschema: the keyword of the schema that the value at `path` does not fulfil, and what it wants."""

    path: Path
    keyword: str
    wanted: Value
    value: Value
    node: Mapping[str, Value]  # the part of the schema that holds the keyword
    reason: str
    forms: tuple[tuple[Misfit, ...], ...]  # of a choice between forms: the misfits with each


class Said(NamedTuple):
    """What a problem says, and the word that stands for its kind."""

    rule: str
    message: str
    remedy: str = ""


def form_in_words(form: Mapping[str, Value], parent: Mapping[str, Value], schema: Schema) -> str:
    """A form in plain words."""
    while "$ref" in form:
        rest = {key: value for key, value in form.items() if key != "$ref"}
        form = {**schema.document["$defs"][form["$ref"].rpartition("/")[2]], **rest}
    vocabulary = form.get("x-vocabulary", parent.get("x-vocabulary"))
    if "const" in form:
        return f"the word {form['const']}"
    if form.get("type") == "array":
        return "a list"
    if form.get("type") == "object":
        return f"a map with {', '.join(form.get('required') or form.get('properties', ()))}"
    if vocabulary:
        return f"a word of schema/vocabulary/{vocabulary}.yaml"
    return _FORMS.get(form.get("format", ""), "text")


def _wrong_type(schema: Schema, misfit: Misfit) -> Said:
    kinds = [misfit.wanted] if isinstance(misfit.wanted, str) else list(misfit.wanted)
    described = " or ".join(_KINDS[kind] for kind in kinds)
    name, value = named(misfit.path), misfit.value
    if value is None:
        return Said("schema", f"{name} is empty", f"write {described}{_or_nothing(schema, misfit.path)}")
    remedy = f"write {described}"
    if "string" in kinds and isinstance(value, int | float):
        remedy = f'put it in quotes: "{str(value).lower() if isinstance(value, bool) else value}"'
    elif kinds == ["array"] and isinstance(value, str):
        remedy = f"put it in brackets: [{value}]"
    return Said("schema", f"{name} is {shown(value)}, not {described}", remedy)


def _unknown_word(schema: Schema, misfit: Misfit) -> Said:
    vocabulary, word = schema.vocabularies[misfit.wanted], misfit.value
    by_label = {term.label.casefold(): id for id, term in vocabulary.terms.items()}  # what a page shows is often typed
    message = f"“{word}” is not a word of the vocabulary “{vocabulary.title}”"
    remedy = f"the words are in schema/vocabulary/{vocabulary.name}.yaml"
    if word.casefold() in by_label:
        remedy = f"write “{by_label[word.casefold()]}”"
    elif near := offer(word, vocabulary.terms):
        remedy = near
    elif len(vocabulary.terms) <= _FEW:
        remedy = f"write one of {', '.join(vocabulary.terms)}"
    return Said("vocabulary", message, remedy)


def _wrong_choice(schema: Schema, misfit: Misfit) -> Said:
    choices = [str(each) for each in misfit.wanted]
    near = offer(str(misfit.value), choices) or f"write one of {', '.join(choices)}"
    return Said("schema", f"{named(misfit.path)} is {shown(misfit.value)}, which is not among the choices", near)


def _wrong_format(schema: Schema, misfit: Misfit) -> Said:
    message, _, remedy = misfit.reason.partition("; ")
    return Said(RULES.get(str(misfit.wanted), str(misfit.wanted)), message, remedy)


def _wrong_pattern(schema: Schema, misfit: Misfit) -> Said:
    field = field_at(schema, misfit.path)
    examples = misfit.node.get("examples") or (field.examples if field else ())
    remedy = f"write one such as {examples[0]}" if examples else f"it has to fit {misfit.wanted}"
    return Said("schema", f"{named(misfit.path)} is {shown(misfit.value)}, which is not how it is written", remedy)


def _const(schema: Schema, misfit: Misfit) -> Said:
    wanted = "true" if misfit.wanted is True else misfit.wanted
    return Said(
        "schema",
        f"{named(misfit.path)} is {shown(misfit.value)}",
        f"write {wanted}{_or_nothing(schema, misfit.path)}",
    )


def _too_short(schema: Schema, misfit: Misfit) -> Said:
    return Said("schema", f"{named(misfit.path)} is empty", f"write something{_or_nothing(schema, misfit.path)}")


def _too_long(schema: Schema, misfit: Misfit) -> Said:
    message = f"{named(misfit.path)} has {len(misfit.value)} characters; {misfit.wanted} are allowed"
    return Said("schema", message, "say it in fewer words")


def _beyond(schema: Schema, misfit: Misfit) -> Said:
    side, way = ("below", "more") if misfit.keyword == "minimum" else ("above", "less")
    message = f"{named(misfit.path)} is {misfit.value}, {side} {misfit.wanted}"
    return Said("schema", message, f"write a number of {misfit.wanted} or {way}")


def other(schema: Schema, misfit: Misfit) -> Said:
    """What jsonschema says itself, for a keyword that has no saying here."""
    return Said("schema", misfit.reason)


SAYINGS: Mapping[str, Callable[[Schema, Misfit], Said]] = {
    "type": _wrong_type,
    "x-vocabulary": _unknown_word,
    "enum": _wrong_choice,
    "format": _wrong_format,
    "pattern": _wrong_pattern,
    "const": _const,
    "minLength": _too_short,
    "minItems": _too_short,
    "maxLength": _too_long,
    "minimum": _beyond,
    "maximum": _beyond,
}


def about(field: Field | None) -> str:
    """The title and description of a field, in brackets."""
    if not field or not field.description:
        return ""
    return f" ({field.title}: {field.description[0].lower()}{field.description[1:].rstrip('.')})"


def field_at(schema: Schema, path: Path) -> Field | None:
    """The field at a path; where a source is written out in place, the field of the list of sources."""
    fields: Mapping[str, Field] = schema.by_name
    found: Field | None = None
    for key in path:
        if isinstance(key, str):
            if found and found.refers_to and found.refers_to in schema.by_name:
                fields = schema.by_name[found.refers_to].by_name
            found = fields.get(key)
            if found is None:
                return None
            fields = found.by_name
    return found


def _or_nothing(schema: Schema, path: Path) -> str:
    field = field_at(schema, path)
    key = bool(path) and isinstance(path[-1], str)
    return ", or leave the key out" if key and field and not field.required else ""


def offer(word: str, choices: Iterable[str]) -> str:
    """The choice that was meant: the same word in other letters, or the one most like it."""
    same = {choice.casefold(): choice for choice in choices}.get(word.casefold())
    return f"did you mean “{same}”?" if same else nearest(word, choices)


def named(path: Path) -> str:
    """What the value at a path is called in a message."""
    if not path:
        return "the file"
    key = path[-1]
    return f"item {key + 1} of {named(path[:-1])}" if isinstance(key, int) else f"“{key}”"


def shown(value: Value) -> str:
    """A value in a message: its text if it is short, else its kind."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"“{value}”" if len(value) <= 40 else f"“{value[:40]} …”"
    return "a map" if isinstance(value, Mapping) else "a list"
