"""How much a file may hold, so that none can exhaust whoever opens it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a file may have. The defaults are those of an incident: some five times the fullest record we know."""

    bytes: int = 512 * 1024
    nodes: int = 20_000  # keys and values; a figure with its sources has about twenty
    items: int = 1_000  # of one list or map; a longer one is no longer a record that a person reads
    depth: int = 16  # the deepest field of an incident is at 8; parsers that recurse fail at some thousands


INCIDENT = Limits()
VOCABULARY = Limits(
    bytes=4 * 1024 * 1024, nodes=200_000, items=10_000
)  # a register of actors grows with every incident
JSON_SCHEMA = Limits(depth=40)  # a field of a field of a field has three levels of schema for each
