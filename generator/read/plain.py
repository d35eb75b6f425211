"""What a word without quotes means: text, unless it is a number of JSON, true, false or null.

A word that YAML 1.1, YAML 1.2 or a parser in wide use would take for something else is refused, so that every program
reads a file alike. Sources: YAML 1.1 type repository (bool, int, float, timestamp, merge, value), YAML 1.2.2 §10.3.2
(core schema), and the number formats of Ruby's parser, which allows commas.
"""

from __future__ import annotations

import re

MOST_DIGITS = 15  # beyond that, a double-precision number is no longer exact

_INTEGER = re.compile(rf"-?(?:0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}})")
_DECIMAL = re.compile(rf"-?(?:0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}})\.[0-9]{{1,20}}")
_WORDS: dict[str, bool | None] = {"": None, "null": None, "true": True, "false": False}
_DIGITS = r"[0-9][0-9_,]*"
_AMBIGUOUS = re.compile(
    rf"""
      (?P<truth>  (?i:y|n|yes|no|on|off|true|false) )
    | (?P<null>   (?i:null) | ~ )
    | (?P<sign>   = | << )
    | (?P<time>   [-+]?[0-9][0-9_]* (?: :[0-9]+ )+ (?: \.[0-9_]* )? )
    | (?P<date>   [0-9]{{4}}-(?: [0-9]-[0-9]{{1,2}} | [0-9]{{2}}-[0-9] )
                | [0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}} (?: [Tt] | [ \t]+ )
                  [0-9]{{1,2}}:[0-9]{{2}}:[0-9]{{2}} (?: \.[0-9]* )?
                  (?: [ \t]* (?: Z | [-+][0-9]{{1,2}} (?: :?[0-9]{{2}} )? ) )? )
    | (?P<number> [-+]? (?: 0[xXoObB][0-9a-fA-F_,]+ | {_DIGITS} | (?: {_DIGITS} )? \.[0-9_]+ (?: [eE][-+]?[0-9]+ )?
                  | {_DIGITS} (?: \.[0-9_]* )? (?: [eE][-+]?[0-9]+ )? ) )
    | (?P<wild>   [-+]?\.(?i:inf|nan) )
    """,
    re.VERBOSE,
)
_FIRST = frozenset("0123456789+-.~=<yYnNtToOfF")  # how any of them begins; most words do not
AMBIGUITIES = {  # what each is to other programs, and what to write instead
    "truth": ("is true or false to some programs", "write true or false"),
    "null": ("is “nothing” to some programs", "write null"),
    "sign": ("is a sign of YAML 1.1 to some programs", "write a word"),
    "time": ("is a number to some programs, counted in sixties", "write the date before a time: 2024-03-22T19:58"),
    "date": (
        "is a date in a notation of its own to some programs",
        "write 2024-03-22 or, to the minute, 2024-03-22T19:58Z",
    ),
    "number": ("is not the same number to all programs", "write digits only, 15 at most, and a point before decimals"),
    "wild": ("is no number that can be shown", "write a number"),
}


def resolve(text: str) -> tuple[str | int | float | bool | None, str]:
    """The value of a word without quotes, and the ambiguity for which it is refused; that is empty when it is not."""
    if text in _WORDS:
        return _WORDS[text], ""
    if text[0] not in _FIRST:
        return text, ""
    if _INTEGER.fullmatch(text):
        return int(text), ""
    if _DECIMAL.fullmatch(text):
        return float(text), ""
    match = _AMBIGUOUS.fullmatch(text)
    return text, (match.lastgroup or "") if match else ""
