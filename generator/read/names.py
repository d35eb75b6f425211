"""Which names a record's file may have: its name is its address, on every system and in every browser."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model import Problem
from generator.read import characters

MOST_LETTERS = 80
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.yaml")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
_PAGES = {"index", "404", "readme"}
_SHAPE = "use lower-case letters a–z, digits and single hyphens, such as 2024-example-town.yaml"


def is_ignored(name: str) -> bool:
    """Whether a file of this name may lie among the records without being one."""
    return name.startswith(".") or name == "README.md"


def is_yaml(name: str) -> bool:
    """Whether a file of this name is meant as a record, rightly named or not."""
    return name.lower().endswith((".yaml", ".yml"))


def first_of_each(names: list[str]) -> Mapping[str, str]:
    """For every name as macOS and Windows compare it, the first file that has it: the one that keeps it."""
    first: dict[str, str] = {}
    for name in sorted(names, key=lambda each: (_NAME.fullmatch(each) is None, each)):
        first.setdefault(name.casefold(), name)
    return first


def name_problem(path: str, name: str, first: Mapping[str, str]) -> Problem | None:
    """What is wrong with the name of a file, if anything; `first` comes from `first_of_each`."""
    stem, _, suffix = name.rpartition(".")
    twin = first.get(name.casefold(), name)
    if twin != name:
        shown = characters.clean_value(twin)
        return _problem(
            path, f"on macOS and Windows this name is the same as “{shown}”", f"rename one of them; {_SHAPE}"
        )
    if not is_yaml(name):
        return _problem(path, "a file of this kind is not read", "records end in .yaml; move everything else elsewhere")
    if suffix != "yaml":
        return _problem(path, f"“.{suffix}” is not read", "end the name in .yaml")
    if not _NAME.fullmatch(name):
        return _problem(path, "this cannot be the name of a record", _SHAPE)
    if stem in _DEVICES:
        return _problem(path, f"“{stem}” is the name of a device on Windows", "begin the name with the year")
    if stem in _PAGES:
        return _problem(path, f"“{stem}” is the name of a page of the site", "begin the name with the year")
    if len(stem) > MOST_LETTERS:
        return _problem(path, f"the name has more than {MOST_LETTERS} letters", "shorten it")
    return None


def _problem(path: str, message: str, remedy: str) -> Problem:
    return Problem(path, 1, 1, "file-name", message, remedy)
