"""Invented actors, and the small invented register of `good/`, so that no real body is put into an invented incident."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from generator.check import check
from generator.derive import derive
from generator.model import Catalogue, Document, Problem, Schema, Settings, Term, Value
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
