"""What a text of a record names: sources by marks, anything by links; and addresses that are one page written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

LINK = re.compile(
    r"\[([^\[\]]{1,200})\]\((?:([a-z]+(?:_[a-z]+)*)/([A-Za-z0-9][A-Za-z0-9-]{0,79})|#([a-z]{1,3}[0-9]{1,4}))\)"
)
MARK = re.compile(r"\[([a-z][a-z0-9-]*(?:,\s*[a-z][a-z0-9-]*)*)\](?!\([^\s()]*[/:#][^\s()]*\))")  # no words of a link


def marks(prose: str) -> Iterator[str]:
    """The source ids in the `[marks]` of a prose text."""
    for match in MARK.finditer(prose):
        yield from re.split(r",\s*", match[1])


class Reference(NamedTuple):
    """A link in a prose text: its words, the vocabulary or block of what it leads to, and the id there."""

    words: str
    kind: str
    target: str


def references(prose: str) -> Iterator[Reference]:
    """The links of a prose text: `[the group](actors/example-front)`, `[that figure](#k3)` for an item of the file."""
    return map(reference, LINK.finditer(prose))


def reference(match: re.Match[str]) -> Reference:
    """What a match of LINK, or of a pattern that begins with it, names."""
    words, kind, target, item = match.groups()[:4]
    words = " ".join(words.split())
    return Reference(words, "items", item) if item else Reference(words, kind, target)


def normal_address(url: str) -> str:
    """The address without scheme, `www.`, closing slash and fragment, its host in small letters: one text a page."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/") + query
