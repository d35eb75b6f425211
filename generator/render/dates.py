"""Dates and times in words, as precise as they are known and no more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from babel.dates import format_date

from generator.model import Moment

_FORMATS = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}
_SHORT = {"day": "d MMM y", "month": "MMM y", "year": "y"}


def spell(moment: Moment, zone: tzinfo = UTC, *, short: bool = False) -> str:
    """A moment in English: `22 March 2024, 19:58`, short `22 Mar 2024, 19:58`.

    An offset is printed only where it is not that of `zone` on that day.
    """
    formats = _SHORT if short else _FORMATS
    if not moment.known or moment.first is None or moment.last is None:
        return "date not given"
    if moment.precision == "interval":
        return _interval(moment.text, zone, short=short)
    about, uncertain = ("about " if moment.approximate else ""), (" (uncertain)" if moment.uncertain else "")
    if moment.precision == "minute":
        day = format_date(moment.first, formats["day"], locale="en")
        return f"{day}, {about}{moment.first:%H:%M}{_offset(moment, zone)}{uncertain}"
    return about + format_date(moment.first, formats[moment.precision], locale="en") + uncertain


def spell_end(start: Moment, end: Moment, zone: tzinfo = UTC) -> str:
    """The end of a stretch of time: without its day, where that is the day of `start`."""
    same_day = start.precision == end.precision == "minute" and start.text[:10] == end.text[:10]
    return spell(end, zone).rpartition(", ")[2] if same_day else spell(end, zone)


def utc(moment: Moment, zone: tzinfo) -> str:
    """The UTC time of a moment known to the minute; empty otherwise, or where the zone is UTC itself."""
    if moment.precision != "minute" or moment.first is None or (moment.offset is None and zone is UTC):
        return ""
    instant = moment.bounds(zone)[0]
    day = "" if instant.date() == moment.first.date() else f"{_date(instant)}, "
    return f"{day}{instant:%H:%M} UTC"


def machine(moment: Moment) -> str:
    """The value of an HTML `datetime` attribute, or an empty text where HTML knows no such value."""
    plain = moment.text.rstrip("~?%")
    return "" if moment.precision in ("interval", "unknown") else plain


def spell_day(day: date) -> str:
    """A day in a narrow place: `22 Mar 2024`."""
    return format_date(day, _SHORT["day"], locale="en")


def stamp(at: datetime, zone: tzinfo) -> str:
    """An instant as the page's script reads it: `2024-03-23` for the end of that day, else `2024-03-23T07:20`."""
    local = at.astimezone(zone)
    return f"{local:%Y-%m-%d}" if (local.hour, local.minute) == (23, 59) else f"{local:%Y-%m-%dT%H:%M}"


def spell_duration(duration: timedelta) -> str:
    """`13 minutes`, `57 hours`, `11 days`: whole minutes under three hours, whole hours under four days."""
    minutes = round(duration.total_seconds() / 60)
    if minutes < 180:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    hours = (minutes + 30) // 60
    return f"about {hours} hours" if hours < 96 else f"about {(hours + 12) // 24} days"


def _date(at: datetime, form: str = _FORMATS["day"]) -> str:
    return format_date(at, form, locale="en")


def _offset(moment: Moment, zone: tzinfo) -> str:
    if moment.offset is None or moment.first is None:
        return ""
    local = moment.first.replace(tzinfo=zone).utcoffset() or timedelta()
    if local == timedelta(minutes=moment.offset):
        return ""
    if moment.offset == 0:
        return " (UTC)"
    sign, minutes = ("−" if moment.offset < 0 else "+"), abs(moment.offset)
    return f" (UTC{sign}{minutes // 60}{f':{minutes % 60:02}' if minutes % 60 else ''})"


def _interval(text: str, zone: tzinfo, *, short: bool) -> str:
    left, _, right = text.partition("/")
    begin, end = (each if each == ".." else spell(Moment.parse(each), zone, short=short) for each in (left, right))
    if begin == "..":
        return f"until {end}"
    if end == "..":
        return f"from {begin}"
    if begin == end:
        return begin
    if "T" in left and "T" in right and left[:10] == right[:10]:
        day, (one, two) = begin.rpartition(", ")[0], (each.rpartition(", ")[2] for each in (begin, end))
        between = f"between {one} and {two}"
        return f"{day}, {f'before {two}' if one == '00:00' else f'after {one}' if two == '23:59' else between}"
    return f"{begin} to {end}"
