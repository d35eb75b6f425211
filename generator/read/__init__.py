"""Read: YAML files become documents that know the place of every value, and a list of all that is wrong with them."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable
from typing import NamedTuple

from generator.model import Document, Problem
from generator.read.basemap import read_basemap
from generator.read.files import absolute, list_folder, read_records
from generator.read.history import read_history
from generator.read.limits import INCIDENT
from generator.read.load import load, load_json
from generator.read.schemas import read_schema

__all__ = [
    "Reading",
    "load",
    "load_json",
    "read_basemap",
    "read_history",
    "read_incidents",
    "read_paths",
    "read_schema",
]


class Reading(NamedTuple):
    """What was read, both sorted by path.

    `documents` also holds files that have problems but whose structure is known, so that the checks can tell the rest
    of their mistakes and other records may name them. Nothing is built from a reading that has problems.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def read_incidents(folder: pathlib.Path, root: pathlib.Path) -> Reading:
    """Every record in `folder`; paths are given relative to `root`. Never raises: what cannot be read is a problem."""
    return read_paths([folder], root)


def read_paths(paths: Iterable[pathlib.Path], root: pathlib.Path) -> Reading:
    """The records named on a command line, and those in the folders named; each once. Never raises."""
    chosen: dict[pathlib.Path, set[str]] = {}
    problems: list[Problem] = []
    for path in map(absolute, paths):
        if path.is_dir() and not path.is_symlink() and not path.name.endswith(".yaml"):
            names, wrong = list_folder(path, root)
            chosen.setdefault(path, set()).update(names)
            problems += wrong
        else:
            chosen.setdefault(path.parent, set()).add(path.name)
    documents: list[Document] = []
    for folder, names_in_it in chosen.items():
        read, found = read_records(folder, names_in_it, root, INCIDENT, load)
        documents += read
        problems += found
    return Reading(tuple(sorted(documents, key=lambda each: each.path)), tuple(sorted(problems)))
