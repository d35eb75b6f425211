"""Where a file does not fit the schema: the errors of jsonschema as problems at the place to mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from generator.check.formats import FORMATS
from generator.check.sayings import SAYINGS, Misfit, about, field_at, form_in_words, named, offer, other, shown
from generator.model import Document, Path, Problem, Schema, Value


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

    types = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "array": lambda _, value: isinstance(value, list | tuple),
            "object": lambda _, value: isinstance(value, Mapping),
        }
    )
    ours: type[Validator] = extend(Draft202012Validator, {"x-vocabulary": in_vocabulary}, type_checker=types)  # type: ignore[no-untyped-call]
    return ours(schema.document, format_checker=FORMATS)


def _misfit(error: ValidationError) -> Misfit:
    by_form: dict[object, list[Misfit]] = {}
    for each in error.context or ():
        by_form.setdefault(each.schema_path[0], []).append(_misfit(each))
    node: Any = error.schema
    return Misfit(
        path=tuple(error.absolute_path),
        keyword=str(error.validator),
        wanted=error.validator_value,
        value=error.instance,
        node=node,
        reason=str(error.cause or error.message),
        forms=tuple(tuple(misfits) for misfits in by_form.values()),
    )


def _problems(document: Document, schema: Schema, misfit: Misfit) -> Iterator[Problem]:
    """The problems that one misfit stands for."""
    path, name = misfit.path, named(misfit.path)
    if misfit.keyword in ("oneOf", "anyOf"):
        yield from _of_forms(document, schema, misfit)
    elif misfit.keyword == "additionalProperties":
        known = misfit.node.get("properties", {})
        for key in misfit.value:
            if key not in known:
                near = offer(key, known) or f"the fields here are {', '.join(known)}"
                yield document.problem((*path, key), "schema", f"{name} has no field “{key}”", near, key=True)
    elif misfit.keyword == "required":
        for key in misfit.wanted:
            if key not in misfit.value:
                remedy = f"add “{key}”{about(field_at(schema, (*path, key)))}"
                yield document.problem(path, "schema", f"{name} lacks “{key}”", remedy)
    elif misfit.keyword == "uniqueItems":
        for index, each in enumerate(misfit.value):
            if each in misfit.value[:index]:
                message = f"{shown(each)} stands in {name} already"
                yield document.problem((*path, index), "repeat", message, "take one of the two out")
    else:
        rule, message, remedy = SAYINGS.get(misfit.keyword, other)(schema, misfit)
        yield document.problem(path, rule, message, remedy)


def _of_forms(document: Document, schema: Schema, misfit: Misfit) -> Iterator[Problem]:
    """What is wrong with the form that was meant; for a value of no form’s kind, which forms there are."""
    path, name = misfit.path, named(misfit.path)
    meant = [form for form in misfit.forms if not any(_another_kind(each, path) for each in form)]
    if meant and all(each.keyword == "required" and each.path == path for form in meant for each in form):
        keys = dict.fromkeys(key for form in meant for each in form for key in each.wanted)
        message = f"{name} lacks one of {', '.join(f'“{key}”' for key in keys)}"
        yield document.problem(path, "schema", message, "write at least one of them")
    elif meant:
        for each in min(meant, key=len):
            yield from _problems(document, schema, each)
    else:
        forms = " or ".join(form_in_words(form, misfit.node, schema) for form in misfit.node[misfit.keyword])
        remedy = f"write {forms}"
        if isinstance(misfit.value, int | float) and not isinstance(misfit.value, bool):
            remedy = f'put it in quotes if it is text: "{misfit.value}"; else {remedy}'
        message = f"{name} is {shown(misfit.value)}, which is none of its forms"
        yield document.problem(path, "schema", message, remedy)


def _another_kind(misfit: Misfit, path: Path) -> bool:
    """Whether the value itself, not something in it, is of another kind than the form."""
    return misfit.path == path and misfit.keyword in ("type", "const")
