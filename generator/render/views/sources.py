"""The sources of one incident, and how many independent publishers stand behind the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from generator.model import Field, Value
from generator.render.sheet import Sheet


def sources(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The counts that stand above the list."""
    assert sheet.entry
    sources = sheet.entry.incident.sources.values()
    publishers = len({each.publisher for each in sources})
    return {
        "usual": {
            "accessed": _usual(each.values["csl"]["accessed"] for each in sources),
            "seen": _usual(each.values.get("seen", "") for each in sources),
        },
        "sources": counted(len(sources), "source"),
        "publishers": counted(publishers, "independent publisher"),
        "single": len(sheet.entry.single),
        "single_items": counted(len(sheet.entry.single), "item"),
    }


def _usual(values: Iterable[str]) -> str:
    """What most of the sources say; empty where it is said of no more than one, for then nothing is gained."""
    value, times = Counter(values).most_common(1)[0]
    return value if times > 1 else ""


def counted(number: int, thing: str) -> str:
    """A number with its noun: `1 source`, `72 sources`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
