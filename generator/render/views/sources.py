"""The sources of one incident, and how many independent publishers stand behind the record."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Field, Value
from generator.render.sheet import Sheet


def sources(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The counts that stand above the list."""
    assert sheet.entry
    sources = sheet.entry.incident.sources.values()
    publishers = len({each.publisher for each in sources})
    return {
        "sources": counted(len(sources), "source"),
        "publishers": counted(publishers, "independent publisher"),
        "single": len(sheet.entry.single),
        "single_items": counted(len(sheet.entry.single), "item"),
    }


def counted(number: int, thing: str) -> str:
    """A number with its noun: `1 source`, `72 sources`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
