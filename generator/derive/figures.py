"""Which figures stand, which are replaced, which contradict, and which one goes into the fact box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.model import Figure, Incident, Item, Moment, Quantity, Reported, Schema, Series, Term, order, superseded

Key = tuple[str, str]  # measure and group ("" for the whole)


def series(incident: Incident, schema: Schema) -> tuple[Series, ...]:
    """The figures of an incident as series, in the order of the vocabulary of measures; groups follow their whole."""
    figures = [_figure(item, incident, schema) for item in incident.block("figures")]
    reported = _reported(figures)
    replaced = superseded(reported, incident.zone)
    figures = [replace(each, superseded_by=replaced.get(each.item.id, ())) for each in figures]
    keys = order(reported, incident.zone)
    figures = sorted(_disputed(figures), key=lambda each: keys[each.item.id])
    by_key: dict[Key, list[Figure]] = {}
    for figure in figures:
        by_key.setdefault(_key(figure), []).append(figure)
    measures = list(schema.vocabularies["measures"].terms)
    ordered = sorted(by_key.items(), key=lambda pair: (measures.index(pair[0][0]), pair[0][1] != ""))
    return tuple(_series(group) for _, group in ordered)


def _key(figure: Figure) -> Key:
    return figure.measure.id, figure.group.id if figure.group else ""


def _figure(item: Item, incident: Incident, schema: Schema) -> Figure:
    values = item.values
    terms = {name: vocabulary.terms for name, vocabulary in schema.vocabularies.items()}
    counted = item.block.by_name["counts"].fields
    apart = {each.name for each in counted if each.apart}
    counts = values.get("counts", {})
    return Figure(
        item=item,
        measure=terms["measures"][values["measure"]],
        group=terms["groups"][values["group"]] if "group" in values else None,
        quantity=Quantity.parse(values["value"]),
        as_of=Moment.parse(values["as_of"]),
        said_by=values["said_by"],
        counts={each.name: counts.get(each.name, "unknown") for each in counted},
        publishers=frozenset(incident.sources[id].publisher for id in values["sources"]),
        official=_official(values["said_by"], terms),
        mixed=frozenset(name for name, said in counts.items() if said == "included" and name in apart),
        party=values["said_by"] in _parties(incident, schema),
    )


def _official(actor: str | None, terms: Mapping[str, Mapping[str, Term]]) -> bool:
    kind = terms["actors"][actor].more.get("kind") if actor else None
    return bool(kind and terms["actor_kinds"][kind].more.get("official"))


def _parties(incident: Incident, schema: Schema) -> set[str]:
    """The actors whose role in this incident makes them a party, such as attackers and claimants."""
    roles = schema.vocabularies["roles"].terms
    return {each.values["actor"] for each in incident.block("actors") if roles[each.values["role"]].more.get("party")}


def _reported(figures: Sequence[Figure]) -> list[Reported]:
    return [
        Reported(
            each.item.id,
            (*_key(each), *each.counts.items()),
            each.said_by,
            each.as_of,
            tuple(each.item.values.get("supersedes", ())),
        )
        for each in figures
    ]


def _disputed(figures: Sequence[Figure]) -> list[Figure]:
    """Two live figures of different voices contradict when one says so, or when their bounds do not overlap."""
    pairs: dict[str, list[str]] = {}
    live: dict[object, list[Figure]] = {}
    for figure in figures:
        if not figure.superseded_by:
            live.setdefault((_key(figure), tuple(figure.counts.items())), []).append(figure)
    said = {(figure.item.id, other) for figure in figures for other in figure.item.values.get("disputed_by", ())}
    apart = {
        (one.item.id, other.item.id)
        for group in live.values()
        for position, one in enumerate(group)
        for other in group[position + 1 :]
        if one.said_by != other.said_by and not one.quantity.overlaps(other.quantity)
    }
    for one_id, other_id in sorted(said | apart):
        pairs.setdefault(one_id, []).append(other_id)
        pairs.setdefault(other_id, []).append(one_id)
    return [replace(each, disputes=tuple(dict.fromkeys(pairs.get(each.item.id, ())))) for each in figures]


def _series(figures: Sequence[Figure]) -> Series:
    live = [each for each in figures if not each.superseded_by]
    chosen = next((each for each in live if each.item.values.get("headline")), None)
    reason = str(chosen.item.values.get("headline_reason", "")) if chosen else ""
    return Series(figures[0].measure, figures[0].group, tuple(figures), chosen or headline(live), reason)


def headline(live: Iterable[Figure]) -> Figure | None:
    """The figure for the fact box, of those that stand.

    The latest; never one that rests on a party's word alone; of those of one day the one with most independent
    publishers; else the lowest. The order is GTD's (Codebook, «Total Number of Fatalities»); the method page says it.
    """
    candidates = [each for each in live if not each.party and each.quantity.qualifier != "unknown"]
    if not candidates:
        return None
    latest = max(_day(each.as_of) for each in candidates)
    of_that_day = [each for each in candidates if _day(each.as_of) == latest]
    return min(of_that_day, key=lambda each: (-len(each.publishers), each.quantity.sort_key, each.item.id))


def _day(moment: Moment) -> date:
    return moment.last.date() if moment.last else date.min
