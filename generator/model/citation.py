"""How a record names its sources: marks in prose, and addresses that are the same page written in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

_MARK = re.compile(r"\[([a-z][a-z0-9-]*(?:,\s*[a-z][a-z0-9-]*)*)\](?!\()")


def marks(prose: str) -> Iterator[str]:
    """The source ids in the `[marks]` of a prose text."""
    for match in _MARK.finditer(prose):
        yield from re.split(r",\s*", match[1])


def normal_address(url: str) -> str:
    """The address without scheme, `www.`, closing slash and fragment, its host in small letters: one text a page."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/") + query
