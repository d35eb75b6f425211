"""Folders and files: what lies on the disk becomes bytes, and nothing but a regular file is ever opened."""

from __future__ import annotations

import os
import pathlib
import stat
from collections.abc import Callable, Iterable

from generator.model import Document, Problem
from generator.read import characters
from generator.read.limits import Limits
from generator.read.load import Loaded
from generator.read.names import first_of_each, is_ignored, is_yaml, name_problem

# No link is followed, and a pipe does not make us wait; systems that lack a flag do without.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

Loader = Callable[[bytes, str, Limits], Loaded]


def absolute(path: pathlib.Path) -> pathlib.Path:
    """`path` from the root of the disk, without “..”; links are not followed, for they are to be refused."""
    return pathlib.Path(os.path.normpath(path.absolute()))


def shown(path: pathlib.Path, root: pathlib.Path) -> str:
    """`path` as problems name it: below `root`, with forward slashes and nothing in it that acts on a terminal."""
    full, base = absolute(path), absolute(root)
    below = full.relative_to(base) if full.is_relative_to(base) else full
    return characters.clean_value(below.as_posix().replace("\n", characters.SUBSTITUTE))


def read_file(path: pathlib.Path, root: pathlib.Path, limits: Limits, loader: Loader) -> Loaded:
    """The document in one file, or why there is none."""
    name = shown(path, root)
    if wrong := irregular(path, root):
        return None, (wrong,)
    try:
        descriptor = os.open(path, _FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # swapped for something else since we looked
                return None, (_not_a_file(name),)
            data = file.read(limits.bytes + 1)  # one more than is allowed, and never the whole of a huge file
    except OSError as error:
        return None, (_unreadable(name, error),)
    return loader(data, name, limits)


def irregular(path: pathlib.Path, root: pathlib.Path) -> Problem | None:
    """Why there is no file at `path` that could be read: none is there, or a link, folder, pipe or device."""
    try:
        return None if stat.S_ISREG(path.lstat().st_mode) else _not_a_file(shown(path, root))
    except OSError as error:
        return _unreadable(shown(path, root), error)


def read_records(
    folder: pathlib.Path, names: Iterable[str], root: pathlib.Path, limits: Limits, loader: Loader
) -> tuple[list[Document], list[Problem]]:
    """The records of these names in `folder`. A file with a wrong name is still read for its other mistakes."""
    chosen, documents, problems = sorted(names), [], []
    first = first_of_each(_listed(folder)[0] or chosen)
    for name in chosen:
        path = folder / name
        wrong = irregular(path, root)
        regular = wrong is None
        wrong = wrong or name_problem(shown(path, root), name, first)
        problems += [wrong] if wrong else []
        if regular and is_yaml(name):
            document, found = read_file(path, root, limits, loader)
            documents += [document] if document else []
            problems += found
    return documents, problems


def list_folder(folder: pathlib.Path, root: pathlib.Path) -> tuple[list[str], list[Problem]]:
    """The names in a folder that are meant as records, and a problem if it cannot be listed."""
    names, error = _listed(folder)
    return names, [_unreadable(shown(folder, root), error)] if error else []


def _listed(folder: pathlib.Path) -> tuple[list[str], OSError | None]:
    try:
        return sorted(path.name for path in folder.iterdir() if not is_ignored(path.name)), None
    except OSError as error:
        return [], error


def _not_a_file(name: str) -> Problem:
    return Problem(
        name, 1, 1, "not-a-file", "this is not a regular file", "put the file itself here, no link or folder"
    )


def _unreadable(name: str, error: OSError) -> Problem:
    reason = (error.strerror or "unknown reason").lower()
    return Problem(name, 1, 1, "unreadable", f"this cannot be read: {reason}", "check the path and the permissions")
