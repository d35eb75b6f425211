"""A point or stretch of time as precisely as it is known: the part of EDTF that the register uses.

Source of the notation: Library of Congress, Extended Date/Time Format (EDTF), levels 0 and 1, to the minute.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

_DATE = re.compile(r"([12]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")
_TIME = re.compile(r"([12]\d{3}-\d{2}-\d{2})T(\d{2}):(\d{2})(Z|[+-]\d{2}:\d{2})?([~?%]?)")
HELP = (
    "write 2024, 2024-03, 2024-03-22, 2024-03-22T19:58+03:00, 2024-03~ (about), "
    "2024-03? (uncertain), an interval 2024-03-22/2024-03-24, or unknown"
)


class MomentError(ValueError):
    """The text is not a date or time; the message says what one looks like."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was, between two ends, and how exactly that is known.

    `first` and `last` are the earliest and latest wall-clock minutes it can mean, without an offset; `offset` is
    minutes east of UTC where the text gave one. `unknown` has neither end and sorts before everything.
    """

    text: str
    first: datetime | None
    last: datetime | None
    precision: str  # "minute", "day", "month", "year", "interval" or "unknown"
    offset: int | None = None
    approximate: bool = False
    uncertain: bool = False
    last_offset: int | None = None  # that of `last`: the ends of an interval may have one each

    @classmethod
    def parse(cls, text: object) -> Moment:
        """Read one EDTF text. Raises MomentError when it is none, or names a day that does not exist."""
        if not isinstance(text, str):
            raise MomentError(f"this is not a date; {HELP}")
        if text == "unknown":
            return cls(text, None, None, "unknown")
        if "/" in text:
            return cls._interval(text)
        if match := _TIME.fullmatch(text):
            return cls._minute(text, match)
        if match := _DATE.fullmatch(text):
            return cls._date(text, match)
        raise MomentError(f"“{text}” is not a date; {HELP}")

    @classmethod
    def _interval(cls, text: str) -> Moment:
        left, _, right = text.partition("/")
        start, end = (None if side == ".." else cls.parse(side) for side in (left, right))
        if (start is None and end is None) or any(m and m.precision in ("interval", "unknown") for m in (start, end)):
            raise MomentError(f"“{text}” is not an interval; {HELP}")
        first = start.first if start else datetime.min
        last = end.last if end else datetime.max
        assert first is not None and last is not None
        offset, last_offset = (each.offset if each else None for each in (start, end))
        apart = timedelta() if offset is None or last_offset is None else timedelta(minutes=offset - last_offset)
        if first - last > apart:
            raise MomentError(f"“{text}” ends before it begins; put the earlier date first")
        return cls(text, first, last, "interval", offset, last_offset=last_offset)

    @classmethod
    def _minute(cls, text: str, match: re.Match[str]) -> Moment:
        try:
            day = date.fromisoformat(match[1])
            at = datetime(day.year, day.month, day.day, int(match[2]), int(match[3]))
        except ValueError as error:
            raise MomentError(f"“{text}” is no such day or time ({error}); {HELP}") from None
        offset = None
        if match[4]:
            hours, minutes = (0, 0) if match[4] == "Z" else (int(match[4][1:3]), int(match[4][4:]))
            if hours > 14 or minutes > 59:
                raise MomentError(f"“{match[4]}” is no offset from UTC; write one such as +03:00")
            offset = (hours * 60 + minutes) * (-1 if match[4][0] == "-" else 1)
        return cls(text, at, at, "minute", offset, match[5] in ("~", "%"), match[5] in ("?", "%"), offset)

    @classmethod
    def _date(cls, text: str, match: re.Match[str]) -> Moment:
        year, month, day = (int(part) if part else None for part in match.groups()[:3])
        assert year is not None
        try:
            first = datetime(year, 1 if month is None else month, 1 if day is None else day)
        except ValueError as error:
            raise MomentError(f"“{text}” is no such day ({error}); {HELP}") from None
        last_month = month or 12
        last_day = day or calendar.monthrange(year, last_month)[1]
        last = datetime(year, last_month, last_day, 23, 59)
        precision = "day" if day else "month" if month else "year"
        return cls(text, first, last, precision, None, match[4] in ("~", "%"), match[4] in ("?", "%"))

    @property
    def known(self) -> bool:
        """Whether there is any date at all."""
        return self.first is not None

    def bounds(self, zone: tzinfo = UTC) -> tuple[datetime, datetime]:
        """The earliest and latest instants in UTC; a text without an offset is read in `zone`."""
        if self.first is None or self.last is None:
            return datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
        return _instant(self.first, self.offset, zone), _instant(self.last, self.last_offset, zone)

    def before(self, other: Moment, zone: tzinfo = UTC) -> bool:
        """Whether this is certainly earlier than `other`: its latest instant before the other's earliest."""
        return self.known and other.known and self.bounds(zone)[1] < other.bounds(zone)[0]

    def sort_key(self, zone: tzinfo = UTC) -> tuple[datetime, datetime]:
        """Orders by the latest instant it can mean, then by the earliest; unknown comes first."""
        if not self.known:
            low = datetime.min.replace(tzinfo=UTC)
            return low, low
        first, last = self.bounds(zone)
        return last, first


def _instant(at: datetime, offset: int | None, zone: tzinfo) -> datetime:
    if at in (datetime.min, datetime.max):
        return at.replace(tzinfo=UTC)
    if offset is not None:
        return (at - timedelta(minutes=offset)).replace(tzinfo=UTC)
    return at.replace(tzinfo=zone).astimezone(UTC)
