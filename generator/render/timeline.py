"""The timeline of all incidents, by year: when each began and ended, and the first of each kind of what followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Catalogue, Entry, Field, Item, Moment, Page
from generator.render.sheet import Sheet, head
from generator.render.views.sources import counted

HERE = "timeline/index.md"
START, END = "start", "end"


@dataclass(frozen=True)
class Line:
    """One line of the timeline: an instant, what kind of thing it is in a word, and what there is to say of it."""

    sheet: Sheet
    moment: Moment
    block: str
    kind: Markup
    voice: Markup | None = None

    @property
    def incident(self) -> str:
        """The id of the incident it belongs to."""
        assert self.sheet.entry
        return self.sheet.entry.incident.id

    @property
    def at(self) -> datetime:
        """Where it stands: the start first, and what is known to the day only after what is known to the minute."""
        assert self.sheet.entry
        incident = self.sheet.entry.incident
        first, last = self.moment.bounds(incident.zone)
        return max(first if self._long else last, incident.start.bounds(incident.zone)[0])

    @property
    def year(self) -> int:
        """The year in the place where it happened."""
        day = self.moment.first if self._long else self.moment.last
        assert day
        return day.year

    @property
    def _long(self) -> bool:
        """Whether it is a stretch of time that began on a known day."""
        return self.moment.precision == "interval" and self.moment.first != datetime.min


@dataclass(frozen=True)
class Year:
    """The incidents that began in a year, each with its lines of that year, and the lines of earlier incidents."""

    number: int
    began: tuple[list[Line], ...]
    later: tuple[Line, ...]


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """One page for the whole register, the earliest year first."""
    lines = [line for entry in catalogue.entries.values() for line in _lines(Sheet(catalogue, HERE, entry))]
    text = templates.get_template("timeline.md.j2").render(
        front=head(title="Timeline", description="All incidents by year, with what followed from each."),
        years=list(_years(sorted(lines, key=lambda line: line.at))),
        block=next((each.name for each in catalogue.schema.fields if each.view == "timeline"), ""),
        counted=counted,
    )
    yield Page(HERE, text)


def _lines(sheet: Sheet) -> Iterator[Line]:
    """Start and end of an incident, and of everything dated that can only follow it, the first item of each kind."""
    assert sheet.entry
    when = sheet.entry.incident.values["when"]
    yield Line(sheet, sheet.entry.incident.start, START, Markup("Start"))
    if "end" in when:
        yield Line(sheet, Moment.parse(when["end"]), END, Markup("End"))
    for item in _firsts(sheet, sheet.entry):
        assert item.moment
        said = sheet.voice(item) if item.block.voice and item.values.get(item.block.voice) else None
        yield Line(sheet, item.moment, item.block.name, sheet.item(item, sheet.label(item)), said)


def _firsts(sheet: Sheet, entry: Entry) -> Iterator[Item]:
    seen = set()
    for item in entry.timeline:
        kind = (item.block.name, sheet.label(item))
        if item.moment and item.moment.known and _follows(item.block) and not sheet.guarded(item) and kind not in seen:
            seen.add(kind)
            yield item


def _follows(block: Field) -> bool:
    """Whether the schema says that the items of a block have kinds and cannot lie before the start; no figures."""
    dated = block.by_name.get(block.date or "")
    return bool(block.label and block.view != "figures" and dated and dated.time == "not-before-start")


def _years(lines: list[Line]) -> Iterator[Year]:
    began: dict[int, dict[str, list[Line]]] = {}
    later: dict[int, list[Line]] = {}
    home = {line.incident: line.year for line in lines if line.block == START}
    for line in lines:
        if home[line.incident] == line.year:
            began.setdefault(line.year, {}).setdefault(line.incident, []).append(line)
        else:
            later.setdefault(line.year, []).append(line)
    for number in sorted({*began, *later}):
        yield Year(number, tuple(began.get(number, {}).values()), tuple(later.get(number, ())))
