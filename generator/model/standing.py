"""Which reported figures still stand: one rule for the checks and for the pages. The method page says it in words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from generator.model.moment import Moment


class Reported(NamedTuple):
    """What the rule needs to know of a figure; `about` says what and who is counted."""

    id: str
    about: Hashable
    voice: str | None
    as_of: Moment
    supersedes: tuple[str, ...]


def order(figures: Sequence[Reported], zone: tzinfo) -> Mapping[str, tuple[datetime, int]]:
    """A sort key for every figure, given in the order of the file, which is the order in which they became known.

    A figure known to the day only comes after those of the day that stand before it. Unknown dates come first.
    """
    latest_of_day: dict[object, datetime] = {}
    keys: dict[str, tuple[datetime, int]] = {}
    for position, each in enumerate(figures):
        first, last = each.as_of.bounds(zone)
        if not each.as_of.known:
            at = datetime.min.replace(tzinfo=UTC)
        elif each.as_of.precision == "day":
            at = max(first, latest_of_day.get((each.about, each.as_of.text[:10]), first))
        else:
            at = last
            day = (each.about, each.as_of.text[:10])
            latest_of_day[day] = max(at, latest_of_day.get(day, at))
        keys[each.id] = (at, position)
    return keys


def superseded(figures: Sequence[Reported], zone: tzinfo) -> Mapping[str, tuple[str, ...]]:
    """For every figure that no longer stands, the ids of those that replaced it.

    A figure is replaced by one that names it, and by the newest of the same voice about the same people.
    """
    keys = order(figures, zone)
    replaced: dict[str, list[str]] = {}
    newest: dict[tuple[Hashable, str], Reported] = {}
    for each in figures:
        for target in each.supersedes:
            replaced.setdefault(target, []).append(each.id)
        if each.voice and each.as_of.known:
            before = newest.setdefault((each.about, each.voice), each)
            newest[each.about, each.voice] = max(before, each, key=lambda figure: keys[figure.id])
    for each in figures:
        last = newest.get((each.about, each.voice)) if each.voice else None
        if last and last.id != each.id and each.as_of.known:
            replaced.setdefault(each.id, []).append(last.id)
    return {id: tuple(dict.fromkeys(others)) for id, others in replaced.items()}
