"""Which figures stand, which are replaced, which contradict, and which one goes into the fact box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

from generator.model import (
    Figure,
    Incident,
    Item,
    Moment,
    Quantity,
    Reported,
    Schema,
    Series,
    Stood,
    order,
    superseded,
)

Key = tuple[str, str, tuple[str, ...]]  # measure, group ("" for the whole) and places (none for all)


def series(incident: Incident, schema: Schema) -> tuple[Series, ...]:
    """The figures of an incident as series, in the order of the vocabulary of measures; parts follow their whole."""
    return arranged(reported(incident, schema), incident.zone, schema)


def reported(incident: Incident, schema: Schema) -> tuple[Figure, ...]:
    """The figures of an incident in the order of the file, before it is known which of them stand."""
    places = incident.block("places")
    return tuple(_figure(item, incident, places, schema) for item in incident.block("figures"))


def arranged(figures: Sequence[Figure], zone: tzinfo, schema: Schema) -> tuple[Series, ...]:
    """Some figures of one incident as series, by what follows from these alone."""
    plain = _reported(figures)
    replaced = superseded(plain, zone)
    figures = [replace(each, superseded_by=replaced.get(each.item.id, ())) for each in figures]
    keys = order(plain, zone)
    figures = sorted(_disputed(figures), key=lambda each: (not each.as_of.known, keys[each.item.id]))
    by_key: dict[Key, list[Figure]] = {}
    for figure in figures:
        by_key.setdefault(_key(figure), []).append(figure)
    measures = list(schema.vocabularies["measures"].terms)
    ordered = sorted(
        by_key.items(), key=lambda pair: (measures.index(pair[0][0]), bool(pair[0][1]) + 2 * bool(pair[0][2]))
    )
    return tuple(_series(group) for _, group in ordered)


def as_they_stood(
    figures: Sequence[Figure], known: Mapping[str, datetime], zone: tzinfo, schema: Schema
) -> tuple[Stood, ...]:
    """The series at every moment at which a figure became known: the same rules, over the figures known by then."""
    moments = sorted({known[each.item.id] for each in figures if each.item.id in known})

    def by(at: datetime) -> list[Figure]:
        return [each for each in figures if each.item.id in known and known[each.item.id] <= at]

    return tuple(Stood(at, arranged(by(at), zone, schema)) for at in moments)


def _key(figure: Figure) -> Key:
    return figure.measure.id, figure.group.id if figure.group else "", tuple(each.id for each in figure.places)


def _figure(item: Item, incident: Incident, places: Sequence[Item], schema: Schema) -> Figure:
    values = item.values
    terms = {name: vocabulary.terms for name, vocabulary in schema.vocabularies.items()}
    counted = item.block.by_name["counts"].fields if "counts" in item.block.by_name else ()
    apart = {each.name for each in counted if each.apart}
    counts = values.get("counts", {})
    return Figure(
        item=item,
        measure=terms["measures"][values["measure"]],
        group=terms["groups"][values["group"]] if "group" in values else None,
        places=tuple(each for each in places if each.id in values.get("places", ())),
        quantity=Quantity.parse(values["value"]),
        as_of=Moment.parse(values["as_of"]),
        said_by=values.get("said_by"),
        counts={each.name: counts.get(each.name, "unknown") for each in counted},
        publishers=frozenset(incident.sources[id].publisher for id in values["sources"]),
        official=official(values.get("said_by"), schema),
        mixed=frozenset(name for name, said in counts.items() if said == "included" and name in apart),
        party=values.get("said_by") in _parties(incident, schema),
    )


def official(actor: str | None, schema: Schema) -> bool:
    """Whether a voice is a state body, a court or the like."""
    kind = schema.vocabularies["actors"].terms[actor].more.get("kind") if actor else None
    return bool(kind and schema.vocabularies["actor_kinds"].terms[kind].more.get("official"))


def _parties(incident: Incident, schema: Schema) -> set[str]:
    """The actors whose role in this incident makes them a party, such as attackers and claimants."""
    found = set()
    for item in incident.items.values():
        if item.block.view == "roles":
            role = item.block.by_name[item.block.label or ""]
            term = schema.vocabularies[role.vocabulary or ""].terms[item.values[role.name]]
            found |= {item.values[item.block.voice or ""]} if term.more.get("party") else set()
    return found


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
    """Two live figures of different voices contradict when one says so, or when their bounds do not overlap.

    What rests on the word of a party alone contradicts nobody by its number.
    """
    pairs: dict[str, list[str]] = {}
    live: dict[object, list[Figure]] = {}
    for figure in figures:
        if not figure.superseded_by:
            live.setdefault((_key(figure), tuple(figure.counts.items())), []).append(figure)
    here = {figure.item.id for figure in figures}
    said = {
        (figure.item.id, other)
        for figure in figures
        for other in figure.item.values.get("disputed_by", ())
        if other in here
    }
    apart = {
        (one.item.id, other.item.id)
        for group in live.values()
        for position, one in enumerate(group)
        for other in group[position + 1 :]
        if one.said_by != other.said_by and not (one.party or other.party) and not one.quantity.overlaps(other.quantity)
    }
    for one_id, other_id in sorted(said | apart):
        pairs.setdefault(one_id, []).append(other_id)
        pairs.setdefault(other_id, []).append(one_id)
    return [replace(each, disputes=tuple(dict.fromkeys(pairs.get(each.item.id, ())))) for each in figures]


def _series(figures: Sequence[Figure]) -> Series:
    live = [each for each in figures if not each.superseded_by]
    chosen = next((each for each in live if each.item.values.get("headline")), None)
    reason = str(chosen.item.values.get("headline_reason", "")) if chosen else ""
    first = figures[0]
    return Series(first.measure, first.group, first.places, tuple(figures), chosen or headline(live), reason)


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
