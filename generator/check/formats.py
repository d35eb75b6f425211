"""What a text of each `format` of the schema looks like; every mistake says how to write it."""

from __future__ import annotations

import re
import zoneinfo
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from jsonschema import FormatChecker

from generator.model import Moment, Quantity, nearest

# What a problem with a format is called; a format that is not here bears its own name.
RULES = {"moment": "date", "incident-id": "id", "line": "one-line", "timezone": "time-zone"}

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,59}})")
_PRIVATE = re.compile(
    r"(?:.*\.)?(?:localhost|local|localdomain|internal|intranet|lan|home|corp|test|invalid|onion|home\.arpa)"
)
_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_IN_URL = re.compile(r"[\s\x00-\x1f\x7f-\x9f\"'`<>\\\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_INCIDENT_ID = re.compile(r"[12][0-9]{3}-[a-z0-9]+(-[a-z0-9]+)*")

FORMATS = FormatChecker(formats=())


class FormatError(ValueError):
    """The text is not of its format; the message says what is wrong, and after a semicolon how to write it."""


@FORMATS.checks("moment", ValueError)
def _moment(value: object) -> bool:
    if isinstance(value, str):
        Moment.parse(value)
    return True


@FORMATS.checks("date", ValueError)
def _date(value: object) -> bool:
    if isinstance(value, str):
        if not re.fullmatch(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}", value):
            raise FormatError(f"“{value}” is not a day; write year, month and day such as 2024-03-22")
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise FormatError(f"“{value}” is no such day ({error}); write a day of the calendar") from None
    return True


@FORMATS.checks("quantity", ValueError)
def _quantity(value: object) -> bool:
    negative = re.fullmatch(r"-[0-9]{1,9}", str(value))  # rule 26 speaks of it
    if isinstance(value, int | str) and not isinstance(value, bool) and not negative:
        Quantity.parse(value)
    return True


@FORMATS.checks("language", ValueError)
def _language(value: object) -> bool:
    if isinstance(value, str) and not _LANGUAGE.fullmatch(value):
        raise FormatError(f"“{value}” is not a language tag; write one such as en, ru, pt-BR or sr-Latn")
    return True


@FORMATS.checks("incident-id", ValueError)
def _incident_id(value: object) -> bool:
    if isinstance(value, str) and not _INCIDENT_ID.fullmatch(value):
        raise FormatError(
            f"“{value}” is not an id; write the year and a few words in small letters a–z, joined by hyphens, "
            "such as 1999-example-town"
        )
    return True


@FORMATS.checks("timezone", ValueError)
def _timezone(value: object) -> bool:
    if isinstance(value, str) and value not in _zones():
        offer = nearest(value, _zones()) or "write one such as Europe/Moscow"
        raise FormatError(f"“{value}” is not a time zone of the IANA list; {offer}")
    return True


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


@FORMATS.checks("line", ValueError)
def _line(value: object) -> bool:
    if isinstance(value, str) and _BREAK.search(value):
        raise FormatError("there is a line break in it; write it in one line")
    return True


@FORMATS.checks("url", ValueError)
def _url(value: object) -> bool:
    if isinstance(value, str):
        _public_address(value)
    return True


def _public_address(text: str) -> None:
    """Raise FormatError unless `text` is an http(s) address of a public host that can do nothing but be followed."""
    if found := _NOT_IN_URL.search(text):
        code = ord(found[0])
        if code < 32 or code > 126:
            raise FormatError(f"the character U+{code:04X} cannot stand in an address; take it out")
        what = "a blank" if code == 32 else f"“{found[0]}”"
        raise FormatError(f"{what} cannot stand in an address; take it out, or write it as %{code:02X}")
    if not text.startswith(("https://", "http://")):
        raise FormatError(f"“{text}” is not an address of the web; write one that begins with https:// or http://")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise FormatError(f"“{text}” is not an address ({error}); copy it again from the browser") from None
    if "@" in parts.netloc:
        raise FormatError(f"“{parts.netloc}” holds a user name before the host; write the host alone")
    if not host.isascii():
        raise FormatError(f"the host “{host}” has letters outside a–z; write it in punycode (xn--…)")
    if len(host) > 253 or not _HOST.fullmatch(host) or _PRIVATE.fullmatch(host):
        raise FormatError(
            f"“{host}” is not the name of a public host; write a name such as example.org, no number and no local name"
        )
