"""Rules 13 to 24: time runs one way, and nobody reports what has not happened yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from generator.check.draft import Draft, certainly_before, moment
from generator.check.register import Register
from generator.check.rule import Finding, rule
from generator.model import Leaf, Moment

_A_DAY = timedelta(days=1)  # a date of issue is that of the publisher’s time zone, which the file does not say


def _of_time(draft: Draft, time: str) -> Iterator[tuple[Leaf, Moment]]:
    """The dates that the schema ties to the start of the incident in this way."""
    return ((leaf, moment(leaf.value)) for leaf in draft.leaves if leaf.field.time == time)


def _before_every_start(draft: Draft, at: Moment) -> bool:
    return all(certainly_before(at, start, draft.zone) for start in draft.starts)


@rule(13)
def end_before_start(draft: Draft, register: Register) -> Iterator[Finding]:
    """An incident ends after it starts.

    This holds for the clock that the record follows and for each of the other clocks.
    """
    clocks = draft.values["when"].get("clocks", ())
    for path, clock in [
        (("when",), draft.values["when"]),
        *((("when", "clocks", i), one) for i, one in enumerate(clocks)),
    ]:
        if "start" in clock and "end" in clock:
            start, end = moment(clock["start"]), moment(clock["end"])
            if certainly_before(end, start, draft.zone):
                message = f"the end {end.text} is before the start {start.text}"
                yield Finding((*path, "end"), message, "correct one of the two")


@rule(14)
def as_of_before_start(draft: Draft, register: Register) -> Iterator[Finding]:
    """What is known of an incident is known as of its start or later.

    `as_of` is the moment that a figure or statement describes. A day or month counts as before the start only when
    all of it is.
    """
    for (field, path, _), at in _of_time(draft, "not-before-start"):
        if field.name == "as_of" and _before_every_start(draft, at):
            message = f"as of {at.text} is before the start {draft.start.text}"
            yield Finding(path, message, "write the moment that the source describes, or unknown")


@rule(15)
def date_in_the_future(draft: Draft, register: Register) -> Iterator[Finding]:
    """No date is later than today.

    The register says what has been reported, not what is planned. A day counts as later only when it has not begun.
    """
    for field, path, text in draft.leaves:
        if field.format not in ("date", "moment"):
            continue
        parts = [moment(part) for part in text.split("/") if part != ".."]
        if any(_day_begins(part, draft) > register.today for part in parts if part.known):
            yield Finding(path, f"{text} is later than today, {register.today}", "correct the date")


def _day_begins(at: Moment, draft: Draft) -> date:
    """The day on which it begins; a time of day may be of tomorrow in one time zone and of today in another."""
    assert at.first
    days = [at.first.date()]
    if at.precision == "minute":
        days.append(at.bounds(draft.zone)[0].date())
    return min(days)


@rule(16)
def supersedes_a_later_figure(draft: Draft, register: Register) -> Iterator[Finding]:
    """A figure replaces earlier ones, never a later one.

    `supersedes` says that a newer number took the place of an older one; the other way round the page would show the
    older.
    """
    for item in draft.block("figures"):
        for index, id in enumerate(item.values.get("supersedes", ())):
            other = draft.by_id.get(id)
            if other is None or other.block.name != "figures":
                continue
            ours, theirs = moment(item.values["as_of"]), moment(other.values["as_of"])
            if certainly_before(ours, theirs, draft.zone):
                message = (
                    f"“{id}” (line {draft.line(other.path)}) is of {theirs.text}, later than this figure of {ours.text}"
                )
                yield Finding(
                    (*item.path, "supersedes", index), message, f"let “{id}” supersede this one, or correct a date"
                )


@rule(17)
def source_older_than_its_fact(draft: Draft, register: Register) -> Iterator[Finding]:
    """A source is not older than what it is cited for.

    The latest moment at which the source can have been issued is compared with the earliest one of the dated item,
    with a day’s allowance for time zones.
    """
    issued = {source.id: source.values["csl"].get("issued") for source in draft.sources}
    for item in draft.items:
        name = item.block.date
        if not name or name not in item.values:
            continue
        at = moment(item.values[name])
        for index, id in enumerate(item.values.get("sources", ())):
            if issued.get(id) and certainly_before(moment(issued[id]), at, draft.zone, _A_DAY):
                message = f"“{id}” was issued {issued[id]}, before {name} {at.text}"
                yield Finding(
                    (*item.path, "sources", index), message, "cite a source that can have known it, or correct a date"
                )


@rule(18, "warning")
def accessed_before_issued(draft: Draft, register: Register) -> Iterator[Finding]:
    """A source is read after it is issued.

    One of the two dates is mistyped, or the page was changed after it was read; then the later text was not seen.
    """
    for path, values in draft.sources:
        csl = values["csl"]
        if "issued" in csl and certainly_before(moment(csl["accessed"]), moment(csl["issued"]), draft.zone):
            message = f"accessed {csl['accessed']} is before issued {csl['issued']}"
            yield Finding((*path, "csl", "accessed"), message, "correct the date that is wrong")


@rule(19)
def after_the_start(draft: Draft, register: Register) -> Iterator[Finding]:
    """What belongs before an incident, such as a warning, is dated before its start.

    The schema names these dates. One that is later than every clock’s start belongs under another heading. Where the
    incident had several places, it may lie between them: a warning after the first was one before the last.
    """
    parts = [moment(item.values["at"]) for item in draft.block("places") if "at" in item.values]
    starts = [*draft.starts, *(each for each in parts if each.known)]
    for (_, path, _), at in _of_time(draft, "before-start"):
        if all(certainly_before(start, at, draft.zone) for start in starts):
            message = f"{at.text} is after the start {draft.start.text}"
            yield Finding(path, message, "correct the date, or move the item to the block it belongs in")


@rule(20)
def before_the_start(draft: Draft, register: Register) -> Iterator[Finding]:
    """What follows from an incident, such as a claim or a response, is dated at its start or later.

    The schema names these dates. One that is earlier than every clock’s start belongs under another heading.
    """
    for (field, path, _), at in _of_time(draft, "not-before-start"):
        if field.name != "as_of" and _before_every_start(draft, at):
            message = f"{at.text} is before the start {draft.start.text}"
            yield Finding(path, message, "correct the date, or move the item to the block it belongs in")


@rule(21, "warning")
def verdict_before_charge(draft: Draft, register: Register) -> Iterator[Finding]:
    """A verdict comes after a charge.

    Found where every charge in the file is later than the verdict: then one of the dates or stages is likely wrong.
    Where there were several trials, a note at the verdict says so.
    """
    dated = [(item, moment(item.values["date"])) for item in draft.block("legal")]
    charges = [at for item, at in dated if item.values["stage"] == "charge"]
    for item, at in dated:
        if (
            item.values["stage"] == "verdict"
            and "note" not in item.values
            and charges
            and all(certainly_before(at, each, draft.zone) for each in charges)
        ):
            message = f"the verdict of {at.text} is before the charge of {charges[0].text}"
            yield Finding((*item.path, "date"), message, "correct the date or the stage")


@rule(22)
def offset_of_another_zone(draft: Draft, register: Register) -> Iterator[Finding]:
    """A time of the incident has the offset that its time zone had on that day.

    Clocks are changed in spring and autumn, and countries change their time zones; an offset of today may be wrong
    for then.
    """
    if not isinstance(draft.zone, ZoneInfo):
        return
    for field, path, text in draft.leaves:
        if path[0] != "when" or field.format != "moment":
            continue
        for at in (moment(part) for part in text.split("/") if part != ".."):
            if at.offset is not None and at.offset not in (right := _offsets(at, draft.zone)):
                offset = _written(right[0])
                message = f"{draft.zone.key} was {offset} from UTC on that day, not {_written(at.offset)}"
                yield Finding(path, message, f"write the local time with {offset}, or correct the time zone")


def _offsets(at: Moment, zone: ZoneInfo) -> list[int]:
    """Minutes from UTC at that time of day; two in the hour that a clock shows twice."""
    assert at.first
    both = (at.first.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    return [int(offset.total_seconds()) // 60 for offset in both]


def _written(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@rule(23, "warning")
def id_of_another_year(draft: Draft, register: Register) -> Iterator[Finding]:
    """The year in the id is the year of the start.

    Ids never change, so a start that was corrected later may leave its id behind; a change of the kind correction
    that names `when` says so.
    """
    start, year = draft.start, int(draft.id[:4])
    explained = any(
        change["kind"] == "correction" and re.search(r"\b(when|start)\b", change.get("what", ""))
        for change in draft.values.get("changelog", ())
    )
    if start.first and start.last and not explained and not start.first.year <= year <= start.last.year:
        message = f"the id says {year}, the start is {start.text}"
        yield Finding(("when", "start"), message, "correct the start; if it is right, say so in a correction of “when”")


@rule(24, "warning")
def order_against_the_dates(draft: Draft, register: Register) -> Iterator[Finding]:
    """An incident that came before another one in a chain of events also started before it.

    Found where a record is said to be preceded by one that started certainly later.
    """
    for link in register.links.get(("preceded-by", draft.id), ()):
        other = register.by_id.get(link.target)
        if other and link.draft is draft and _later(other, draft):
            message = f"“{other.id}” started {other.start.text}, after this incident ({draft.start.text})"
            yield Finding(link.path, message, "type the relation in the other record, or correct a date")


def _later(one: Draft, other: Draft) -> bool:
    vague = any(each.start.approximate or each.start.uncertain or not each.start.known for each in (one, other))
    return not vague and one.start.bounds(one.zone)[0] > other.start.bounds(other.zone)[1]
