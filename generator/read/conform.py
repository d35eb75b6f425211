"""Whether a file of the schema folder is of the right form, in our words and with its places."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from generator.model import Document, Path, Problem, Value, nearest
from generator.read.characters import short

_TYPES = {
    "string": "text",
    "object": "a map",
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}


FORM_OF_FORMS = Draft202012Validator(Draft202012Validator.META_SCHEMA)


def form(schema: Document) -> Draft202012Validator:
    """The form that a JSON schema (draft 2020-12) describes, made ready once for all files that should have it."""
    return Draft202012Validator(_thaw(schema.values))


def conform(document: Document, form: Draft202012Validator) -> list[Problem]:
    """Every place where `document` departs from `form`."""
    errors = form.iter_errors(_thaw(document.values))
    return sorted({problem for error in errors for problem in _told(document, error)})


def _thaw(value: Value) -> Value:
    """Dicts and lists, which are all that the validator takes for maps and lists."""
    if isinstance(value, Mapping):
        return {key: _thaw(each) for key, each in value.items()}
    return [_thaw(each) for each in value] if isinstance(value, tuple | list) else value


def _told(document: Document, error: Any) -> Iterator[Problem]:
    path, value, said = tuple(error.absolute_path), error.instance, error.validator_value
    remedy = error.schema.get("description", "") if isinstance(error.schema, Mapping) else ""
    if "propertyNames" in error.absolute_schema_path:
        yield document.problem(
            (*path, value), "schema", f"“{short(str(value))}” cannot be a name here", remedy, key=True
        )
    elif error.validator == "additionalProperties":
        yield from _unknown(
            document, path, [key for key in value if key not in error.schema.get("properties", {})], error
        )
    elif error.validator == "required":
        for key in said:
            if key not in value:
                yield document.problem(path, "schema", f"“{key}” is missing here", f"add “{key}: …”")
    elif error.validator == "enum":
        choices = [str(choice) for choice in said]
        hint = nearest(str(value), choices)
        yield document.problem(
            path, "schema", f"“{short(str(value))}” is none of {', '.join(choices)}", hint or "take one of them"
        )
    elif error.validator == "const":
        yield document.problem(path, "schema", f"this must be {json.dumps(said)}, or left out", remedy)
    elif error.validator == "type":
        wanted = " or ".join(_TYPES.get(each, each) for each in ([said] if isinstance(said, str) else said))
        yield document.problem(path, "schema", f"this must be {wanted}", remedy)
    elif error.validator == "pattern":
        yield document.problem(path, "schema", f"“{short(str(value))}” does not have the right form", remedy)
    else:
        limit = f"keep to {error.validator} {said}" if isinstance(said, int | float) else "have one of its forms"
        yield document.problem(path, "schema", f"this does not {limit}", remedy)


def _unknown(document: Document, path: Path, keys: list[str], error: Any) -> Iterator[Problem]:
    known = error.schema.get("properties", {})
    for key in keys:
        remedy = nearest(key, known) or f"known are {', '.join(known)}"
        yield document.problem((*path, key), "schema", f"“{short(key)}” is not known here", remedy, key=True)
