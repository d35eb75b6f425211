"""Where a file does not fit the schema: the errors of jsonschema in our words, at the place to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator, TypeChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from generator.check.formats import FORMATS, RULES
from generator.model import Document, Field, Path, Problem, Schema, Value, nearest

_FEW = 12  # so many choices are listed; of more, only the nearest is named
_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a map",
    "array": "a list",
    "null": "empty",
}
_FORMS = {"moment": "a date such as 2024-03-22", "date": "a day such as 2024-03-22", "url": "an address"}


class _Misfit(NamedTuple):
    """An error of jsonschema: the keyword of the schema that the value at `path` does not fulfil, and what it wants."""

    path: Path
    keyword: str
    wanted: Value
    value: Value
    node: Mapping[str, Value]  # the part of the schema that holds the keyword
    reason: str
    forms: tuple[tuple[_Misfit, ...], ...]  # of a choice between forms: the misfits with each


class _Said(NamedTuple):
    rule: str
    message: str
    remedy: str = ""


def shape_problems(documents: Sequence[Document], schema: Schema) -> tuple[tuple[Problem, ...], ...]:
    """What does not fit the schema, document by document, in the order given."""
    validator = _validator(schema)
    return tuple(
        tuple(
            sorted(
                {
                    problem
                    for error in validator.iter_errors(each.values)
                    for problem in _problems(each, schema, _misfit(error))
                }
            )
        )
        for each in documents
    )


def _validator(schema: Schema) -> Validator:
    """A validator of draft 2020-12 for frozen values that also knows our formats and vocabularies."""

    def in_vocabulary(validator: Any, name: str, word: Value, node: Value) -> Iterator[ValidationError]:
        if isinstance(word, str) and word not in schema.vocabularies[name].terms:
            yield ValidationError(f"{word!r} is not in {name}")

    types: TypeChecker = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "array": lambda _, value: isinstance(value, list | tuple),
            "object": lambda _, value: isinstance(value, Mapping),
        }
    )
    made = extend(Draft202012Validator, {"x-vocabulary": in_vocabulary}, type_checker=types)
    return made(schema.document, format_checker=FORMATS)


def _misfit(error: ValidationError) -> _Misfit:
    by_form: dict[object, list[_Misfit]] = {}
    for each in error.context or ():
        by_form.setdefault(each.schema_path[0], []).append(_misfit(each))
    node: Any = error.schema
    return _Misfit(
        path=tuple(error.absolute_path),
        keyword=str(error.validator),
        wanted=error.validator_value,
        value=error.instance,
        node=node,
        reason=str(error.cause or error.message),
        forms=tuple(tuple(misfits) for misfits in by_form.values()),
    )


def _problems(document: Document, schema: Schema, misfit: _Misfit) -> Iterator[Problem]:
    """The problems that one misfit stands for."""
    path, name = misfit.path, _named(misfit.path)
    if misfit.keyword in ("oneOf", "anyOf"):
        yield from _of_forms(document, schema, misfit)
    elif misfit.keyword == "additionalProperties":
        known = misfit.node.get("properties", {})
        for key in misfit.value:
            if key not in known:
                offer = nearest(key, known) or f"the fields here are {', '.join(known)}"
                yield document.problem((*path, key), "schema", f"{name} has no field “{key}”", offer, key=True)
    elif misfit.keyword == "required":
        for key in misfit.wanted:
            if key not in misfit.value:
                remedy = f"add “{key}”{_about(_field(schema, (*path, key)))}"
                yield document.problem(path, "schema", f"{name} lacks “{key}”", remedy)
    elif misfit.keyword == "uniqueItems":
        for index, each in enumerate(misfit.value):
            if each in misfit.value[:index]:
                message = f"{_shown(each)} stands in {name} already"
                yield document.problem((*path, index), "repeat", message, "take one of the two out")
    else:
        rule, message, remedy = _SAYINGS.get(misfit.keyword, _other)(schema, misfit)
        yield document.problem(path, rule, message, remedy)


def _about(field: Field | None) -> str:
    """The title and description of a field, in brackets."""
    if not field or not field.description:
        return ""
    return f" ({field.title}: {field.description[0].lower()}{field.description[1:].rstrip('.')})"


def _of_forms(document: Document, schema: Schema, misfit: _Misfit) -> Iterator[Problem]:
    """What is wrong with the form that was meant; for a value of another kind than every form, which forms there are."""
    path, name = misfit.path, _named(misfit.path)
    meant = [form for form in misfit.forms if not any(_another_kind(each, path) for each in form)]
    if meant and all(each.keyword == "required" and each.path == path for form in meant for each in form):
        keys = dict.fromkeys(key for form in meant for each in form for key in each.wanted)
        message = f"{name} lacks one of {', '.join(f'“{key}”' for key in keys)}"
        yield document.problem(path, "schema", message, "write at least one of them")
    elif meant:
        for each in min(meant, key=len):
            yield from _problems(document, schema, each)
    else:
        forms = " or ".join(_form(form, misfit.node, schema) for form in misfit.node[misfit.keyword])
        remedy = f"write {forms}"
        if isinstance(misfit.value, int | float) and not isinstance(misfit.value, bool):
            remedy = f'put it in quotes if it is text: "{misfit.value}"; else {remedy}'
        message = f"{name} is {_shown(misfit.value)}, which is none of its forms"
        yield document.problem(path, "schema", message, remedy)


def _another_kind(misfit: _Misfit, path: Path) -> bool:
    """Whether the value itself, not something in it, is of another kind than the form."""
    return misfit.path == path and misfit.keyword in ("type", "const")


def _form(form: Mapping[str, Value], parent: Mapping[str, Value], schema: Schema) -> str:
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


def _wrong_type(schema: Schema, misfit: _Misfit) -> _Said:
    kinds = [misfit.wanted] if isinstance(misfit.wanted, str) else list(misfit.wanted)
    described = " or ".join(_KINDS[kind] for kind in kinds)
    name, value = _named(misfit.path), misfit.value
    if value is None:
        return _Said("schema", f"{name} is empty", f"write {described}, or leave the key out")
    remedy = f"write {described}"
    if "string" in kinds and isinstance(value, int | float):
        remedy = f'put it in quotes: "{str(value).lower() if isinstance(value, bool) else value}"'
    elif kinds == ["array"] and isinstance(value, str):
        remedy = f"put it in brackets: [{value}]"
    return _Said("schema", f"{name} is {_shown(value)}, not {described}", remedy)


def _unknown_word(schema: Schema, misfit: _Misfit) -> _Said:
    vocabulary, word = schema.vocabularies[misfit.wanted], misfit.value
    by_label = {term.label.casefold(): id for id, term in vocabulary.terms.items()}
    message = f"“{word}” is not a word of the vocabulary “{vocabulary.title}”"
    remedy = f"the words are in schema/vocabulary/{vocabulary.name}.yaml"
    if word.casefold() in by_label:
        remedy = f"write “{by_label[word.casefold()]}”"
    elif offer := nearest(word, vocabulary.terms):
        remedy = offer
    elif len(vocabulary.terms) <= _FEW:
        remedy = f"write one of {', '.join(vocabulary.terms)}"
    return _Said("vocabulary", message, remedy)


def _wrong_choice(schema: Schema, misfit: _Misfit) -> _Said:
    choices = [str(each) for each in misfit.wanted]
    offer = nearest(str(misfit.value), choices) or f"write one of {', '.join(choices)}"
    return _Said("schema", f"{_named(misfit.path)} is {_shown(misfit.value)}, which is not among the choices", offer)


def _wrong_format(schema: Schema, misfit: _Misfit) -> _Said:
    message, _, remedy = misfit.reason.partition("; ")
    return _Said(RULES.get(misfit.wanted, misfit.wanted), message, remedy)


def _wrong_pattern(schema: Schema, misfit: _Misfit) -> _Said:
    field = _field(schema, misfit.path)
    examples = misfit.node.get("examples") or (field.examples if field else ())
    remedy = f"write one such as {examples[0]}" if examples else f"it has to fit {misfit.wanted}"
    return _Said("schema", f"{_named(misfit.path)} is {_shown(misfit.value)}, which is not how it is written", remedy)


def _const(schema: Schema, misfit: _Misfit) -> _Said:
    wanted = "true" if misfit.wanted is True else misfit.wanted
    return _Said("schema", f"{_named(misfit.path)} is {_shown(misfit.value)}", f"write {wanted}, or leave the key out")


def _too_short(schema: Schema, misfit: _Misfit) -> _Said:
    return _Said("schema", f"{_named(misfit.path)} is empty", "write something, or leave the key out")


def _too_long(schema: Schema, misfit: _Misfit) -> _Said:
    message = f"{_named(misfit.path)} has {len(misfit.value)} characters; {misfit.wanted} are allowed"
    return _Said("schema", message, "say it in fewer words")


def _beyond(schema: Schema, misfit: _Misfit) -> _Said:
    side, way = ("below", "more") if misfit.keyword == "minimum" else ("above", "less")
    message = f"{_named(misfit.path)} is {misfit.value}, {side} {misfit.wanted}"
    return _Said("schema", message, f"write a number of {misfit.wanted} or {way}")


def _other(schema: Schema, misfit: _Misfit) -> _Said:
    return _Said("schema", misfit.reason)


_SAYINGS: Mapping[str, Callable[[Schema, _Misfit], _Said]] = {
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


def _field(schema: Schema, path: Path) -> Field | None:
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


def _named(path: Path) -> str:
    """What the value at a path is called in a message."""
    if not path:
        return "the file"
    key = path[-1]
    return f"item {key + 1} of {_named(path[:-1])}" if isinstance(key, int) else f"“{key}”"


def _shown(value: Value) -> str:
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
