"""How each kind of block is shown: on the page, in the fact box and as a column of the comparison table.

To add a view, write it as a function, name it in VIEWS, and put its template beside the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Entry, Field, Figure, Item, Moment, Relation, Schema, Series, Value
from generator.render.sheet import Sheet
from generator.render.text import inert


class Row(NamedTuple):
    """One line of the fact box or one cell of the comparison table; `name` is the top-level field it is made from."""

    title: str
    value: Markup
    name: str = ""


_NAMES = ("venue", "settlement", "region")  # of a place, from the narrow to the wide

Rows = Callable[[Sheet, Field, Value], Iterator[Row]]
Data = Callable[[Sheet, Field, Value], Mapping[str, object]]


@dataclass(frozen=True)
class View:
    """`template` and the `data` it gets beyond sheet, field and value; `rows` for box and table.

    `present` says whether there is anything to show; without it, the field's being in the file. `titles` names the
    columns where there are several.
    """

    template: str
    rows: Rows | None = None
    data: Data | None = None
    present: Callable[[Entry], bool] | None = None
    titles: Callable[[Schema], list[str]] | None = None


def box(sheet: Sheet) -> Iterator[Row]:
    """The rows of the fact box of the sheet's incident, in the order of the schema."""
    assert sheet.entry
    yield from _rows(sheet, sheet.catalogue.schema.fields, sheet.entry.incident.values, "box")


def columns(sheet: Sheet) -> Iterator[Row]:
    """The cells of one incident in the comparison table."""
    assert sheet.entry
    yield from _rows(sheet, sheet.catalogue.schema.fields, sheet.entry.incident.values, "table")


def column_titles(schema: Schema) -> list[str]:
    """The titles of the table's columns, in the order of the schema."""
    titles: list[str] = []
    for field in schema.every_field():
        view = VIEWS.get(field.view or "")
        if "table" not in field.show:
            continue
        if view and view.titles:
            titles += view.titles(schema)
        else:
            titles.append(field.title)
    return titles


def _measures(schema: Schema) -> list[str]:
    terms = schema.vocabularies["measures"].terms.values()
    return [term.label for term in terms if "table" in term.more.get("show", ())]


def _rows(sheet: Sheet, fields: tuple[Field, ...], values: Mapping[str, Value], where: str) -> Iterator[Row]:
    for field in fields:
        if field.name not in values:
            continue
        value, view = values[field.name], VIEWS.get(field.view or "")
        if where in field.show and view and view.rows:
            yield from view.rows(sheet, field, value)
        elif where in field.show:
            yield Row(field.title, sheet.brief(field, value), field.path[0])
        elif isinstance(value, Mapping):
            yield from _rows(sheet, field.fields, value, where)


class Section(NamedTuple):
    """One block of an incident page: its field, and the Markdown that its view makes of it."""

    field: Field
    text: Markup


def sections(sheet: Sheet, templates: Environment, where: str) -> Iterator[Section]:
    """The blocks of the sheet's incident that the schema shows in a part of the page: "page", "details" or "end"."""
    assert sheet.entry
    values = sheet.entry.incident.values
    for field in sheet.catalogue.schema.fields:
        view = VIEWS[field.view or "fields"]
        present = view.present(sheet.entry) if view.present else field.name in values
        if where in field.show and present:
            value = values.get(field.name, ())
            data = view.data(sheet, field, value) if view.data else {}
            text = templates.get_template(view.template).render(sheet=sheet, field=field, value=value, **data)
            yield Section(field, Markup(text))


def _span(sheet: Sheet, field: Field, value: Value) -> Iterator[Row]:
    """Start, and where it is known, end and duration, as one line."""
    start = Moment.parse(value["start"])
    text = sheet.date(start)
    if "end" in value:
        text += Markup(" to ") + sheet.date(value["end"], after=start)
    if duration := sheet.duration():
        text += f" ({duration})"
    yield Row(field.title, text + _sources(sheet, value), field.name)


def _place(sheet: Sheet, field: Field, value: Value) -> Iterator[Row]:
    """Venue, town, region and country as one line."""
    parts = [inert(value[name]) for name in _NAMES if name in value]
    parts.append(sheet.word("countries", value["country"]))
    yield Row(field.title, Markup(", ").join(parts) + _sources(sheet, value), field.name)


def _says_more(block: str, *names: str) -> Callable[[Entry], bool]:
    """Whether a block holds more than the fact box already shows of it."""
    return lambda entry: bool(set(entry.incident.values[block]) - set(names))


def _sources(sheet: Sheet, value: Mapping[str, Value]) -> Markup:
    return sheet.marks(value["sources"]) if sheet.entry and "sources" in value and _at_home(sheet) else Markup("")


def _at_home(sheet: Sheet) -> bool:
    """Whether the sheet is the page of its own incident, where marks have something to point at."""
    return sheet.entry is not None and sheet.here == f"incidents/{sheet.entry.incident.id}/index.md"


def _headlines(sheet: Sheet, field: Field, value: Value) -> Iterator[Row]:
    """The headline figure of every measure that is shown in box or table."""
    assert sheet.entry
    for series in sheet.entry.headlines:
        if "box" in series.measure.more.get("show", ()) and series.headline:
            yield Row(series.measure.label, headline(sheet, series))


def headline(sheet: Sheet, series: Series) -> Markup:
    """The headline figure with its qualifier, the range of what stands, its date, its voice and who is counted."""
    figure = series.headline
    assert figure
    spread = Markup('<span class="range">{}</span> ').format(inert(words)) if (words := _range(series)) else Markup("")
    number = Markup(f'<strong class="number">{sheet.quantity(figure.item.values["value"])}</strong>')
    marks = sheet.marks(figure.item.values["sources"]) if _at_home(sheet) else Markup("")
    reason = f"; chosen by the editors: {series.headline_reason}" if series.headline_reason else ""
    provenance = Markup('<small class="provenance">as of {}, {}{}</small>').format(
        sheet.date(figure.as_of), sheet.voice(figure.item), inert(f"; {sheet.counted(figure)}{reason}")
    )
    return number + marks + " " + spread + provenance


def _range(series: Series) -> str:
    """`range 130–174`, `range at least 800 to 916`; empty where all figures that stand say the same."""
    if series.range is None:
        return ""
    low, high = series.range
    between = "–" if low.exact and high.exact else " to "
    return f"range {low.text}{between}{high.text}" if low != high else ""


def _record(sheet: Sheet, field: Field, value: Value) -> Iterator[Row]:
    """Status and stage of the record and when it was last changed."""
    yield Row(field.title, sheet.show(field.by_name["status"], value["status"]))


class Voices(NamedTuple):
    """Figures of one series, parted by who speaks."""

    title: str
    figures: tuple[Figure, ...]


def parted(sheet: Sheet, series: Series) -> list[Voices]:
    """The figures that official bodies state, and apart from them those of all other voices; no empty parts."""
    official: list[Figure] = []
    other: list[Figure] = []
    for figure in series.figures:
        (official if _official(sheet, figure) else other).append(figure)
    parts = [Voices("Stated by official bodies", tuple(official)), Voices("Other voices", tuple(other))]
    return [each for each in parts if each.figures]


def _official(sheet: Sheet, figure: Figure) -> bool:
    if figure.said_by is None:
        return False
    kind = sheet.term("actors", figure.said_by).more.get("kind")
    return bool(kind and sheet.term("actor_kinds", kind).more.get("official"))


def _figures(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    assert sheet.entry
    measures: dict[str, list[Series]] = {}
    for series in sheet.entry.series:
        measures.setdefault(series.measure.id, []).append(series)
    return {"measures": list(measures.values()), "parted": lambda series: parted(sheet, series), "headline": headline}


def _items(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    assert sheet.entry
    return {"items": sheet.entry.incident.block(field.name), "rest": lambda item: rest(sheet, item)}


class Rest(NamedTuple):
    """A field of an item under its title, with one value or several."""

    title: str
    values: tuple[Markup, ...]


def rest(sheet: Sheet, item: Item) -> list[Rest]:
    """The fields of an item that its heading and text do not show yet, by their titles."""
    block = item.block
    shown = {"id", "sources", "speaker", "quote", block.date, block.label, block.voice, block.text}
    return [
        Rest(each.title, tuple(_listed(sheet, each, item.values[each.name])))
        for each in block.fields
        if each.name in item.values and each.name not in shown
    ]


def _listed(sheet: Sheet, field: Field, value: Value) -> Iterator[Markup]:
    """Maps of a list one by one; everything else in one."""
    if field.many and field.kind == "map":
        yield from (sheet.show(field, each) for each in value)
    else:
        yield sheet.show(field, value)


def _roles(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The actors by their role, in the order in which the roles first appear."""
    assert sheet.entry
    by_role: dict[str, list[Item]] = {}
    for item in sheet.entry.incident.block(field.name):
        by_role.setdefault(sheet.label(item), []).append(item)
    return {"roles": by_role}


def _timeline(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    assert sheet.entry
    return {"items": sheet.entry.timeline}


def _relations(sheet: Sheet, field: Field, value: Value) -> Mapping[str, object]:
    """The relations by their label, both those typed here and those typed at the other end."""
    assert sheet.entry
    groups: dict[str, list[Relation]] = {}
    for each in sheet.entry.relations:
        groups.setdefault(each.label, []).append(each)
    return {"groups": groups}


VIEWS: Mapping[str, View] = {
    "lead": View("views/lead.md.j2"),
    "span": View("views/fields.md.j2", rows=_span, present=_says_more("when", "start", "end", "timezone", "sources")),
    "place": View("views/fields.md.j2", rows=_place, present=_says_more("where", *_NAMES, "country", "sources")),
    "figures": View("views/figures.md.j2", rows=_headlines, data=_figures, titles=_measures),
    "items": View("views/items.md.j2", data=_items),
    "roles": View("views/roles.md.j2", data=_roles),
    "timeline": View("views/timeline.md.j2", data=_timeline, present=lambda entry: bool(entry.timeline)),
    "relations": View("views/relations.md.j2", data=_relations, present=lambda entry: bool(entry.relations)),
    "sources": View("views/sources.md.j2"),
    "record": View("views/record.md.j2", rows=_record),
    "fields": View("views/fields.md.j2"),
}
