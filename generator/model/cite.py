"""What a reader needs to cite the register."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Citation:
    """The citation of a record or of one figure in it; every text stands on one line.

    `key` follows from ids alone, so that it never changes; `address` is relative where that of the site is unset.
    """

    key: str
    author: str
    title: str
    container: str
    issued: str  # the day of the last change: 2026-11-22
    address: str
