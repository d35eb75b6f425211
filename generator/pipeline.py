"""The map: files in, pages out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.check import check
from generator.derive import derive
from generator.export import export
from generator.model import Catalogue, Page, Problem, Settings
from generator.read import read_basemap, read_history, read_incidents, read_schema
from generator.render import render
from generator.resolve import relations, resolve


@dataclass(frozen=True)
class Built:
    """What came of a register: its problems, and where none of them is an error, the catalogue and all its pages."""

    problems: tuple[Problem, ...]
    catalogue: Catalogue | None = None
    pages: tuple[Page, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong that must be mended first."""
        return self.catalogue is not None


def build(root: Path, settings: Settings, today: date) -> Built:
    """Take the register in `root` (its `incidents/` and `schema/`) through every stage."""
    schema, problems = read_schema(root / "schema", root)
    if schema is None:
        return Built(problems)
    reading = read_incidents(root / "incidents", root)
    problems = (*problems, *reading.problems, *check(reading.documents, schema, today))
    if has_errors(problems):
        return Built(problems)
    incidents = resolve(reading.documents, schema)
    history = read_history(root, [each.path for each in reading.documents])
    catalogue = derive(incidents, relations(incidents, schema), schema, settings, read_basemap(), history)
    return Built(problems, catalogue, (*render(catalogue), *export(catalogue)))


def has_errors(problems: Sequence[Problem]) -> bool:
    """Whether any of the problems is more than a warning or a note."""
    return any(problem.level == "error" for problem in problems)
