"""Catalogue in, machine-readable files out. To add an export, write it as a function and name it in EXPORTS.

A file for every incident is named in EACH.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from generator.model import Catalogue, Citation, Entry, Figure, Page, Series, Value


def export(catalogue: Catalogue) -> Iterator[Page]:
    """Every file for machines, by its path below the site."""
    for path, make in EXPORTS.items():
        yield Page(path, make(catalogue))
    for path, make_one in EACH.items():
        for id, entry in catalogue.entries.items():
            yield Page(path.format(id=id), make_one(entry))


def _incidents(catalogue: Catalogue) -> str:
    """All incidents in long form, each with what is computed: the series, their statuses and the headline figures."""
    incidents = [_incident(entry) for entry in catalogue.entries.values()]
    document = {"schema": catalogue.schema.document["$id"], "licence": "CC-BY-4.0", "incidents": incidents}
    return json.dumps(document, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _incident(entry: Entry) -> Mapping[str, Value]:
    minutes = round(entry.duration.total_seconds() / 60) if entry.duration else None
    return {
        **entry.incident.values,
        "computed": {
            "duration_minutes": minutes,
            "series": [_series(each) for each in entry.series],
            "timeline": [item.id for item in entry.timeline],
            "related": [{"incident": each.other, "label": each.label} for each in entry.relations],
        },
    }


def _series(series: Series) -> Mapping[str, Value]:
    return {
        "measure": series.measure.id,
        "group": series.group.id if series.group else None,
        "places": [each.id for each in series.places],
        "headline": series.headline.item.id if series.headline else None,
        "range": [each.text for each in series.range] if series.range else None,
        "figures": [_figure(each) for each in series.figures],
    }


def _figure(figure: Figure) -> Mapping[str, Value]:
    return {
        "id": figure.item.id,
        "low": figure.quantity.low,
        "high": figure.quantity.high,
        "qualifier": figure.quantity.qualifier,
        "status": figure.status,
        "superseded_by": figure.superseded_by,
        "contradicts": figure.disputes,
    }


def _citations(entry: Entry) -> str:
    """The record and each of its figures as CSL-JSON; the day on which it was read is for the reader to add."""
    items = [_csl(each) for each in entry.citations.values()]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _csl(cited: Citation) -> Mapping[str, Value]:
    return {
        "id": cited.key,
        "type": "entry",
        "title": cited.title,
        "container-title": cited.container,
        "author": [{"literal": cited.author}],
        "issued": {"date-parts": [[int(part) for part in cited.issued.split("-")]]},
        "language": "en",
        "URL": cited.address,
    }


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


EXPORTS: Mapping[str, Callable[[Catalogue], str]] = {"api/v1/incidents.json": _incidents}
EACH: Mapping[str, Callable[[Entry], str]] = {"api/v1/cite/{id}.json": _citations}
