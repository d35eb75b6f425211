"""Bytes in, a document or its problems out: encoding and characters first, then YAML or JSON."""

from __future__ import annotations

import codecs
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from generator.model import Document, Problem
from generator.read import characters
from generator.read.compose import MOST_PROBLEMS, compose
from generator.read.limits import INCIDENT, JSON_SCHEMA, Limits

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE)
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?=%)")
_TAB = re.compile(r"^[^\t\n]*\t", re.MULTILINE)  # the first of each line
_AS_UTF8 = "save it as UTF-8 without a byte order mark"

Loaded = tuple[Document | None, tuple[Problem, ...]]


def load(data: bytes, path: str, limits: Limits = INCIDENT) -> Loaded:
    """The YAML document in `data`, and what is wrong with it. Never raises; touches no disk.

    `path` is the name that problems give. Text stays text (see `plain`); maps are read-only and lists are tuples. There
    is a document whenever its structure could be read, so that the rest of it can be checked too; it is sound only
    without problems.
    """
    text, problems = _decode(data, path, limits)
    if text is None:
        return None, tuple(problems)
    if directive := _DIRECTIVE.match(text):
        line = text.count("\n", 0, directive.end()) + 1
        message, remedy = "a line that begins with % gives orders to the parser", "remove it and the “---” below it"
        return None, tuple(sorted([*problems, Problem(path, line, 1, "directive", message, remedy)]))
    document, found = compose(text, path, limits)
    return document, tuple(sorted([*problems, *found]))


def load_json(data: bytes, path: str, limits: Limits = JSON_SCHEMA) -> Loaded:
    """The JSON document in `data`, with places. JSON is YAML but for a few escapes, so the same loader finds them."""
    document, problems = load(data, path, limits)
    if any(problem.rule != "yaml" for problem in problems):
        return document, problems
    try:
        json.loads(data)
    except json.JSONDecodeError as error:  # nearer to the mistake than what the YAML parser says of it
        message, remedy = f"this is not JSON ({error.msg})", "check quotes, commas and brackets around here"
        return None, (Problem(path, error.lineno, error.colno, "json", message, remedy),)
    except RecursionError:  # what is left is deeper than any schema, and has been refused above
        return document, problems
    return document, problems


def _decode(data: bytes, path: str, limits: Limits) -> tuple[str | None, list[Problem]]:
    """The text, with stand-ins for what is refused in it so that the rest can be read; none when it is not UTF-8."""
    if len(data) > limits.bytes:
        message = f"the file has more than {limits.bytes // 1024} KiB"
        return None, [Problem(path, 1, 1, "too-large", message, "shorten it; long documents belong in its sources")]
    if data.startswith(_MARKS):
        return None, [Problem(path, 1, 1, "bom", "the file begins with a byte order mark", _AS_UTF8)]
    if b"\0" in data[:4]:
        return None, [Problem(path, 1, 1, "not-utf8", "the file looks like UTF-16 or UTF-32", _AS_UTF8)]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        return None, [Problem(path, line, column, "not-utf8", message, _AS_UTF8)]
    refused = list(islice(_refused(text), MOST_PROBLEMS))
    if not refused:
        return text, []
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    problems = []
    for offset, rule, message, remedy in refused:
        line = bisect_right(starts, offset)
        problems.append(Problem(path, line, offset - starts[line - 1] + 1, rule, message, remedy))
    return characters.clean(text).replace("\t", " "), problems


def _refused(text: str) -> Iterator[tuple[int, str, str, str]]:
    """What no file may hold: offset, rule, message and remedy. Some parsers read tabs as blanks and some do not."""
    for match in _TAB.finditer(text):
        yield match.end() - 1, "yaml", "here is a tab", "use blanks, in this whole line"
    for offset, character in characters.refused_in_file(text):
        message = f"the file holds {characters.describe(character)}"
        yield offset, "character", message, "remove it, or replace it by what can be seen"
