"""A file as it was read, and what is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

Value = Any  # text, int, float, bool, None, tuple[Value, ...] or Mapping[str, Value]
Path = tuple[str | int, ...]  # where a value stands in its document: ("figures", 2, "value")


class Place(NamedTuple):
    """A position in a file; line and column count from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where it is, what it is, and how to mend it."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    remedy: str = ""
    level: str = "error"  # "error", "warning" or "note"

    def __str__(self) -> str:
        tail = f" — {self.remedy}" if self.remedy else ""
        level = "" if self.level == "error" else f"{self.level}: "
        return f"{self.path}:{self.line}:{self.column}: {level}{self.rule}: {self.message}{tail}"


@dataclass(frozen=True)
class Document:
    """One YAML file: its values, and the place of every value and key.

    `path` is relative to the register's folder, with forward slashes.
    """

    path: str
    values: Mapping[str, Value]
    places: Mapping[Path, Place] = field(default_factory=dict)
    key_places: Mapping[Path, Place] = field(default_factory=dict)

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """The place of the value at `path` (or of its key); the nearest one above it if it has none."""
        if key and path in self.key_places:
            return self.key_places[path]
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return Place(1, 1)

    def problem(
        self,
        path: Path,
        rule: str,
        message: str,
        remedy: str = "",
        *,
        level: str = "error",
        key: bool = False,
    ) -> Problem:
        """A problem with the value (or the key) at `path` of this document."""
        line, column = self.place(path, key=key)
        return Problem(self.path, line, column, rule, message, remedy, level)


def freeze(value: Value) -> Value:
    """The same value with tuples for lists and read-only mappings for dicts, all the way down."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: freeze(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(item) for item in value)
    return value


def nearest(word: str, choices: Iterable[str]) -> str:
    """`did you mean “x”?` for the choice most like `word`, or an empty text."""
    found = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return f"did you mean “{found[0]}”?" if found else ""
