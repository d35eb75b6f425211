"""How well each saying of a record is borne out, in one word. The method page says the rule in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.derive.figures import official
from generator.model import Figure, Incident, Item, Schema, Series, Term

SAYINGS = ("figures", "threads")  # the views of blocks whose items are what a voice says
Backlinks = Mapping[str, tuple[tuple[str, str], ...]]


def publishers(incident: Incident) -> Mapping[str, frozenset[str]]:
    """For every item that names sources: the independent publishers behind them."""
    return {
        item.id: frozenset(incident.sources[each].publisher for each in item.values["sources"])
        for item in incident.items.values()
        if "sources" in item.values
    }


def corroborations(
    incident: Incident, series: Sequence[Series], backlinks: Backlinks, schema: Schema
) -> Mapping[str, str]:
    """For every figure, claim, statement and warning: a word of the vocabulary `corroborations`, the first that fits.

    What was taken back or is contradicted says so, whoever said it; then comes an official voice, then the number of
    independent publishers. A register without that vocabulary says nothing of the kind.
    """
    if "corroborations" not in schema.vocabularies:
        return {}
    figures = {figure.item.id: figure for each in series for figure in each.figures}
    behind = publishers(incident)
    return {
        item.id: _marked(item, schema)
        or _contested(item, incident, figures.get(item.id), backlinks, schema)
        or _stated(item, incident, schema)
        or ("several-publishers" if len(behind[item.id]) > 1 else "single-source")
        for item in incident.items.values()
        if item.block.view in SAYINGS and item.id in behind
    }


def _marked(item: Item, schema: Schema) -> str | None:
    """What the words of the item's own fields say of it, such as the status of a claim."""
    found = {term.more.get("corroboration") for term in _words(item, schema)}
    return "withdrawn" if "withdrawn" in found else "contested" if "contested" in found else None


def _contested(
    item: Item, incident: Incident, figure: Figure | None, backlinks: Backlinks, schema: Schema
) -> str | None:
    """Whether a figure is disputed, or an item that denies points at this one."""
    pointing = (incident.items[id] for _, id in backlinks.get(item.id, ()))
    denied = any(term.more.get("denies") for each in pointing for term in _words(each, schema))
    return "contested" if denied or (figure and figure.status == "disputed") else None


def _stated(item: Item, incident: Incident, schema: Schema) -> str | None:
    """Whether the voice is official, and one source at least is no mere summary of reports; never for an allegation."""
    guarded = any(term.more.get("guarded") for term in _words(item, schema))
    near = any(incident.sources[each].values.get("distance") != "tertiary" for each in item.values["sources"])
    voice = item.values.get(item.block.voice or "")
    return "officially-stated" if near and not guarded and official(voice, schema) else None


def _words(item: Item, schema: Schema) -> list[Term]:
    """The words of vocabularies that the item's fields hold one by one."""
    return [
        schema.vocabularies[field.vocabulary].terms[item.values[field.name]]
        for field in item.block.fields
        if field.vocabulary and field.kind == "text" and not field.many and item.values.get(field.name)
    ]
