"""The characters that no file may hold, because a reader of the file cannot see what they do.

Sources: Unicode Technical Reports 36 and 39 (what hides or reorders text), UAX 31 §2.3 (where joiners are needed), and
the YAML specification, which takes U+0085, U+2028 and U+2029 for line breaks in one version and not in the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

KINDS = {
    "a control character": r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f",
    "a hidden line break": r"\x85\u2028\u2029",
    "a mark that turns the direction of text": r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "an invisible character": (
        r"\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffb"
        r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    ),
    "a character without an agreed meaning (private use)": r"\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd",
    "no character at all": r"\ufdd0-\ufdef" + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17)),
    "one half of a surrogate pair": r"\ud800-\udfff",
}
_JOINERS = "an invisible joiner where nothing is to be joined"
_SELECTORS = "a hidden run of variation selectors"
_NAMES = {  # unicodedata has no names for these
    "\0": "NULL",
    "\a": "BELL",
    "\b": "BACKSPACE",
    "\t": "TABULATION",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
    "\x9b": "CONTROL SEQUENCE INTRODUCER",
}

_EMOJI = r"\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_JOINING_SCRIPTS = (
    r"\u0600-\u109f\u1780-\u18af"  # Arabic, Syriac, the scripts of India, Tibetan, Burmese, Khmer, Mongolian
)
_MISPLACED = (
    rf"(?<![{_EMOJI}{_JOINING_SCRIPTS}])\u200d|\u200d(?![{_EMOJI}{_JOINING_SCRIPTS}])"
    rf"|(?<![{_JOINING_SCRIPTS}])\u200c|\u200c(?![{_JOINING_SCRIPTS}])"
    r"|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]"
)
_IN_FILE = re.compile(rf"[{''.join(KINDS.values())}]|{_MISPLACED}|\r(?!\n)")
_IN_VALUE = re.compile(rf"[\t\r{''.join(KINDS.values())}]|{_MISPLACED}")
_SUSPECT = re.compile(rf"[\r\u200c\u200d\ufe00-\ufe0f{''.join(KINDS.values())}]")  # one class is searched for fast
_KINDS = [(kind, re.compile(f"[{ranges}]")) for kind, ranges in KINDS.items()]

SUBSTITUTE = "\ufffd"  # one character for one, so that places stay right


def refused_in_file(text: str) -> Iterator[tuple[int, str]]:
    """Where in the text of a file a refused character stands, and which it is; tabs and CR LF are none of them."""
    if _SUSPECT.search(text):
        for match in _IN_FILE.finditer(text):
            yield match.start(), match[0]


def refused_in_value(text: str) -> str | None:
    """The first refused character of a value as it came out of its quotes; tab and carriage return are refused too."""
    match = _IN_VALUE.search(text)
    return match[0] if match else None


def clean(text: str) -> str:
    """`text` with U+FFFD for every refused character, safe to be printed; CR LF stays."""
    return _IN_FILE.sub(SUBSTITUTE, text)


def clean_value(text: str) -> str:
    """`text` with U+FFFD for every refused character, tab and carriage return among them."""
    return _IN_VALUE.sub(SUBSTITUTE, text)


def short(text: str) -> str:
    """`text` as messages quote it: on one line, at most 40 characters, nothing in it that acts on a terminal."""
    line = "".join(each if each.isprintable() else SUBSTITUTE for each in " ".join(text[:200].split()))
    return line if len(line) <= 40 else f"{line[:39]}…"


def describe(character: str) -> str:
    """`U+200B ZERO WIDTH SPACE, an invisible character`: the character by number, name and kind."""
    name = _NAMES.get(character) or unicodedata.name(character, "")
    return f"U+{ord(character):04X}{' ' if name else ''}{name}, {_kind(character)}"


def _kind(character: str) -> str:
    if character in "\u200c\u200d":
        return _JOINERS
    if "\ufe00" <= character <= "\ufe0f":
        return _SELECTORS
    return next((kind for kind, ranges in _KINDS if ranges.match(character)), "a control character")
