"""What Git knows of the records: the revisions of each file, from this disk alone and without a word of who made them.

Git is called twice for the whole register, with fixed arguments; what the settings of a person or a repository could
change in its answers, or make it run, is set here.
"""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import IO, NamedTuple

from generator.model import History, Revision, Value
from generator.read.limits import INCIDENT
from generator.read.load import load

MOST = 100  # revisions of one file; whoever wants older ones has the repository
NO_GIT = "Git is not installed where these pages were made"
NO_REPOSITORY = "these pages were made from files that are not in a repository of Git, or in none that it may read"
SHALLOW = "these pages were made from a shallow copy of the repository, which lacks the earlier changes"
FAILED = "Git could not read the history of the files that these pages were made from"

_SECONDS = 60  # a log that takes longer will not end
_GIT = (
    *("git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never"),
    *("-c", "log.showRoot=true", "-c", "log.follow=false"),
)
_INSIDE = ("rev-parse", "--is-inside-work-tree", "--is-shallow-repository")
# The first parents alone: states that followed one another, so that what differs was changed just then. What was
# worked out on a branch came in with its merge.
_LOG = (
    *("log", "-z", "--first-parent", "-m", "--raw", "--no-abbrev", "--relative", "--no-renames", "--no-color"),
    *("--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-notes", "--format=tformat:%ct", "HEAD", "--"),
)
_FILES = (b"100644", b"100755")  # no links, no submodules
_LAST = 32503679999  # the last second of 2999; a later time is a slip, and no date that a page can print
_KEY = re.compile(rb"^(?=[^\s#])", re.MULTILINE)  # where a key of the record itself begins
_NOTHING = re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z))*")  # blank lines and comments

Pieces = dict[bytes, Mapping[str, Value]]


class _Kept(NamedTuple):
    """A file in one commit: the name of its contents; none when it was removed, empty when it is no regular file."""

    at: datetime
    blob: bytes | None


def read_history(root: pathlib.Path, paths: Iterable[str]) -> History:
    """The newest `MOST` revisions of the files at `paths`, which are relative to `root`. Never raises.

    Revisions that equal the one before are left out. Where more than `MOST` are there, one more is read, for the
    oldest of them to be compared with.
    """
    wanted = {path.encode(): path for path in paths}
    try:
        try:
            inside = _git(root, *_INSIDE).split()
        except subprocess.CalledProcessError:
            return History(missing=NO_REPOSITORY)
        if inside != [b"true", b"false"]:
            return History(missing=SHALLOW if inside[:1] == [b"true"] else NO_REPOSITORY)
        folders = sorted({path.partition("/")[0] for path in wanted.values()})
        kept = _kept(_git(root, *_LOG, *folders), wanted) if folders else {}
        cut = frozenset(path for path, each in kept.items() if len(each) > MOST)
        return History(_revisions(root, kept), cut=cut)
    except FileNotFoundError:
        return History(missing=NO_GIT)
    except (OSError, subprocess.SubprocessError, ValueError):
        return History(missing=FAILED)


def _environment() -> dict[str, str]:
    """The environment without what would point Git at another repository, as inside a hook, or let it fetch or ask."""
    keep = ("GIT_CONFIG_", "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH")
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(keep)}
    ours = ("GIT_NO_LAZY_FETCH", "GIT_NO_REPLACE_OBJECTS", "GIT_LITERAL_PATHSPECS")
    return {**plain, **dict.fromkeys(ours, "1"), "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _git(root: pathlib.Path, *words: str) -> bytes:
    done = subprocess.run(
        [*_GIT, *words],
        cwd=root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=_SECONDS,
        check=True,
    )
    return done.stdout


def _kept(log: bytes, wanted: Mapping[bytes, str]) -> dict[str, list[_Kept]]:
    """The commits of each wanted file, newest first, one more than `MOST` at the most.

    The log is a time, then for each file its modes and contents, then its name; any byte may stand in a name but the
    one that ends it.
    """
    found: dict[str, list[_Kept]] = {path: [] for path in wanted.values()}
    at = datetime.fromtimestamp(0, UTC)
    tokens = iter(log.split(b"\0"))
    for token in tokens:
        said = token.strip(b"\n")
        if not said.startswith(b":"):
            at = datetime.fromtimestamp(min(max(int(said or 0), 0), _LAST), UTC) if said else at
            continue
        _, mode, _, blob, status = said.split(b" ")
        path = wanted.get(next(tokens))
        if path is None:
            continue
        contents = None if status == b"D" else blob if mode in _FILES else b""
        newer = found[path][-1] if found[path] else None
        if newer and newer.blob == contents:
            found[path][-1] = _Kept(at, contents)  # the newer of two equal ones changed nothing
        elif len(found[path]) <= MOST:
            found[path].append(_Kept(at, contents))
    return {path: each for path, each in found.items() if each}


def _revisions(root: pathlib.Path, kept: Mapping[str, list[_Kept]]) -> Mapping[str, tuple[Revision, ...]]:
    """The values of all revisions, through one process that hands out contents by their names."""
    found: dict[str, tuple[Revision, ...]] = {}
    with subprocess.Popen(
        [*_GIT, "cat-file", "--batch"],
        cwd=root,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin and process.stdout
        for path, each in kept.items():
            process.stdin.write(b"".join(one.blob + b"\n" for one in each if one.blob))
            process.stdin.flush()  # the names of one file fit into a pipe, so neither side waits for the other
            known: Pieces = {}
            revisions = []
            for one in each:
                data = _contents(process.stdout) if one.blob else None
                values, known = (None, known) if data is None else _values(data, path, known)
                revisions.append(Revision(one.at, values, removed=one.blob is None))
            found[path] = tuple(revisions)
    return found


def _contents(stream: IO[bytes]) -> bytes | None:
    """The next contents that Git hands out; none when they are not here, or are more than a record may have."""
    header = stream.readline().split()
    if len(header) != 3:
        return None
    size = int(header[2])
    data = stream.read(min(size, INCIDENT.bytes + 1))
    rest = size - len(data) + 1  # and a line end
    while rest > 0 and (skipped := stream.read(min(rest, 1 << 20))):
        rest -= len(skipped)
    return data if size <= INCIDENT.bytes else None


def _values(data: bytes, path: str, known: Pieces) -> tuple[Mapping[str, Value] | None, Pieces]:
    """What a revision says, and its pieces for the next one, which has most of them too: each is read once.

    A piece is one key of the record with all below it. Where a piece is not sound by itself, as when a quoted text has
    a line that begins like a key, the whole is read; what of that has a known structure is taken.
    """
    first, *pieces = _KEY.split(data)
    read = {piece: known[piece] if piece in known else _piece(piece, path) for piece in pieces}
    values: dict[str, Value] = {}
    for piece in pieces:
        values |= read[piece] or {}
    if pieces and _NOTHING.fullmatch(first) and all(read.values()) and len(values) == len(pieces):
        return MappingProxyType(values), {piece: each for piece, each in read.items() if each}
    document, _ = load(data, path)
    whole = document.values if document else None
    return (whole if isinstance(whole, Mapping) else None), {}


def _piece(piece: bytes, path: str) -> Mapping[str, Value] | None:
    document, problems = load(piece, path)
    if document is None or problems or not isinstance(document.values, Mapping):
        return None
    return document.values if len(document.values) == 1 else None
