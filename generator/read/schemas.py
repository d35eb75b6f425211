"""The schema folder becomes one `Schema`, or the list of all that is wrong with it."""

from __future__ import annotations

import pathlib
import re

from generator.model import Document, Problem, Schema, Term, Vocabulary, build_schema
from generator.read.conform import FORM_OF_FORMS, conform, form
from generator.read.files import list_folder, read_file, shown
from generator.read.limits import JSON_SCHEMA, VOCABULARY
from generator.read.links import expansions, schema_links, term_links
from generator.read.load import load, load_json

SCHEMA = "incident.schema.json"
SCHEMA_FORM = "schema.schema.json"
VOCABULARY_FORM = "vocabulary.schema.json"
VOCABULARIES = "vocabulary"
_NAME = re.compile(r"[a-z]+(?:_[a-z]+)*\.yaml")
_OWN = ("label", "definition", "codes")  # what every term may have; the rest is `Term.more`

Read = tuple[Schema | None, tuple[Problem, ...]]


def read_schema(folder: pathlib.Path, root: pathlib.Path) -> Read:
    """The schema of incidents with its vocabularies, from a folder laid out like `schema/`. Never raises.

    There is no schema when there is any problem. The forms of the files are checked first, all of them; names that lead
    nowhere are looked for once the forms are right.
    """
    problems: list[Problem] = []
    schemas: dict[str, Document] = {}
    for name in (SCHEMA, SCHEMA_FORM, VOCABULARY_FORM):
        document, found = read_file(folder / name, root, JSON_SCHEMA, load_json)
        problems += found
        if document is not None and not found:
            schemas[name] = document
            problems += conform(document, FORM_OF_FORMS) if name != SCHEMA else []  # its own form asks for more
    vocabularies, found_there = _vocabularies(folder / VOCABULARIES, root)
    problems += found_there
    if not problems:
        problems += conform(schemas[SCHEMA], form(schemas[SCHEMA_FORM]))
        vocabulary = form(schemas[VOCABULARY_FORM])
        for document in vocabularies.values():
            problems += conform(document, vocabulary)
    return _linked(schemas, vocabularies) if not problems else (None, tuple(sorted(problems)))


def _vocabularies(folder: pathlib.Path, root: pathlib.Path) -> tuple[dict[str, Document], list[Problem]]:
    names, problems = list_folder(folder, root)
    documents: dict[str, Document] = {}
    for name in names:
        path = folder / name
        if not _NAME.fullmatch(name):
            remedy = "use lower-case words and underscores, such as claim_types.yaml"
            problems.append(Problem(shown(path, root), 1, 1, "file-name", "this cannot be a vocabulary", remedy))
            continue
        document, found = read_file(path, root, VOCABULARY, load)
        problems += found
        if document is not None:
            documents[path.stem] = document
    return documents, problems


def _linked(schemas: dict[str, Document], vocabularies: dict[str, Document]) -> Read:
    problems = schema_links(schemas[SCHEMA], vocabularies)
    for name in vocabularies:
        problems += term_links(schemas[VOCABULARY_FORM].values, name, vocabularies)
    if problems:
        return None, tuple(sorted(problems))
    built = {name: _vocabulary(name, document) for name, document in vocabularies.items()}
    schema = build_schema(schemas[SCHEMA].values, built)
    problems = sorted(expansions(schema, vocabularies))
    return (None, tuple(problems)) if problems else (schema, ())


def _vocabulary(name: str, document: Document) -> Vocabulary:
    values = document.values
    terms = {
        id: Term(
            id,
            said["label"],
            said.get("definition", ""),
            said.get("codes", {}),
            {key: value for key, value in said.items() if key not in _OWN},
        )
        for id, said in values["values"].items()
    }
    return Vocabulary(name, values["title"], values["description"], terms, values.get("each"))
