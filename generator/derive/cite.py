"""What to cite: each record, and each figure in it by its own address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.model import Citation, Figure, Incident, Schema, Series, Settings


def citations(
    incident: Incident, series: Sequence[Series], schema: Schema, settings: Settings
) -> Mapping[str, Citation]:
    """The citation of the record, and by their ids those of its figures in the order of the file.

    Nobody is named as author who did not sign: records have contributors.
    """
    record = incident.values["record"]
    base = settings.site_url.rstrip("/") + "/" if settings.site_url else ""
    whole = Citation(
        key=f"incident-{incident.id}",
        author=_line(f"{settings.site_name} contributors"),
        title=_line(incident.title),
        container=_line(settings.site_name),
        issued=record.get("updated") or record["created"],
        address=f"{base}incidents/{incident.id}/",
    )
    figures = {figure.item.id: figure for each in series for figure in each.figures}
    cited = {
        id: replace(
            whole,
            key=f"{whole.key}-{id}",
            title=f"{whole.title} – {_line(_words(figures[id], schema))}",
            address=f"{whole.address}#{id}",
        )
        for id in incident.items
        if id in figures
    }
    return {"": whole, **cited}


def _words(figure: Figure, schema: Schema) -> str:
    """`killed, children: at least 60 (as of 2024-03-22, FSB)`; the date as it stands in the file."""
    what = ", ".join(
        [
            *(term.label.lower() for term in (figure.measure, figure.group) if term),
            *(str(place.values["name"]) for place in figure.places),
        ]
    )
    number = "number not given" if figure.quantity.qualifier == "unknown" else figure.quantity.text
    when = f"as of {figure.as_of.text}" if figure.as_of.known else "date not given"
    return f"{what}: {number} ({when}, {schema.voice(figure.said_by)})"


def _line(text: str) -> str:
    return " ".join(text.split())
