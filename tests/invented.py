"""Invented actors and the small invented register of `good/`: no real body is put into an invented incident."""

from __future__ import annotations

import json
import pathlib
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from generator.check import check
from generator.derive import derive
from generator.model import Catalogue, Document, Incident, Problem, Schema, Settings, Term, Value, freeze
from generator.read import read_incidents, read_schema
from generator.resolve import relations, resolve

ROOT = pathlib.Path(__file__).parents[1]
GOOD = ROOT / "tests" / "good"
TODAY = date(2026, 11, 22)
SETTINGS = Settings("As Reported", "https://example.org/", "https://example.org/register", "main")

_ACTORS: Mapping[str, Mapping[str, Value]] = {
    "example-front": {
        "definition": "Invented armed group.",
        "kind": "armed-group",
        "country": "XX",
        "aliases": ({"name": "EF", "lang": "en"}, {"name": "Примерный фронт", "lang": "ru"}),
    },
    "example-channel": {"definition": "Invented outlet of the Example Front.", "kind": "media", "of": "example-front"},
    "example-police": {"definition": "Invented police force.", "kind": "state-body", "country": "XX"},
    "example-embassy": {"definition": "Invented embassy.", "kind": "government"},
    "example-court": {"definition": "Invented court.", "kind": "court", "country": "XX"},
    "example-hospital": {"definition": "Invented hospital.", "kind": "ngo", "country": "XX"},
    "example-relatives": {"definition": "Invented body of relatives.", "kind": "victims-organisation"},
    "example-times": {"definition": "Invented newspaper.", "kind": "media"},
}


def _actor(id: str) -> Term:
    more = dict(_ACTORS[id])
    return Term(id, id.replace("-", " ").title(), str(more.pop("definition")), {}, more)


@cache
def schema() -> Schema:
    """The schema of the register with invented actors alone."""
    read, problems = read_schema(ROOT / "schema", ROOT)
    assert read, problems
    return with_actors(read)


def with_actors(read: Schema) -> Schema:
    """The same schema with the invented actors in place of its own."""
    actors = replace(read.vocabularies["actors"], terms={id: _actor(id) for id in _ACTORS})
    return replace(read, vocabularies={**read.vocabularies, "actors": actors})


@cache
def good_documents() -> tuple[Document, ...]:
    """The files of the invented register."""
    reading = read_incidents(GOOD / "incidents", GOOD)
    assert not reading.problems, reading.problems
    return reading.documents


@cache
def good_problems() -> tuple[Problem, ...]:
    """What the checks say of the invented register."""
    return check(good_documents(), schema(), TODAY)


@cache
def good() -> Catalogue:
    """The catalogue of the invented register."""
    assert not [problem for problem in good_problems() if problem.level == "error"], good_problems()
    return catalogue(good_documents(), schema())


def catalogue(documents: tuple[Document, ...], using: Schema) -> Catalogue:
    """Sound documents through resolve and derive."""
    incidents = resolve(documents, using)
    return derive(incidents, relations(incidents, using), using, SETTINGS)


def resolved(values: Mapping[str, Value], using: Schema | None = None) -> Incident:
    """One incident of the values of a file."""
    document = Document(f"incidents/{values['id']}.yaml", freeze(values))
    return resolve([document], using or schema())[0]


def minimal(**changes: Value) -> dict[str, Value]:
    """The values of a small sound record after `changes` to its top level."""
    town = next(each for each in good_documents() if each.values["id"] == "1999-example-town")
    return {**town.values, **changes}


def figure(value: Value, as_of: str = "1999-01-05", said_by: str | None = None, **more: Value) -> dict[str, Value]:
    """A figure of people killed."""
    plain = {"measure": "killed", "value": value, "as_of": as_of, "said_by": said_by, "sources": ["s1"]}
    return {**plain, **more}


def register(folder: pathlib.Path) -> pathlib.Path:
    """A copy of the invented register in `folder`, with the schema of the repository and the invented actors."""
    shutil.copytree(ROOT / "schema", folder / "schema")
    shutil.copytree(GOOD / "incidents", folder / "incidents")
    actors = {"title": "Actors", "description": "Invented.", "each": "actors", "values": {}}
    actors["values"] = {id: {"label": _actor(id).label, **said} for id, said in _ACTORS.items()}
    (folder / "schema" / "vocabulary" / "actors.yaml").write_text(json.dumps(actors), encoding="utf-8")
    return folder
