"""The complaints of the YAML parser in words that say how to mend the file."""

from __future__ import annotations

import yaml

from generator.model import Place, Problem

_ADVICE = (  # a part of the parser's words, ours, and the remedy; the first that fits is taken
    ("escape", "there is no such escape in a quoted text", "type the character itself, or use single quotes"),
    (
        "unexpected end of stream",
        "a quoted text begins here and has no end",
        "close it with the same kind of quote it began with",
    ),
    ("cannot start any token", "this character cannot begin a value", "put the text in quotes"),
    (
        "mapping values are not allowed",
        "“: ” cannot stand here",
        "put a text that holds “: ” in quotes, and align the keys of one block in one column",
    ),
    ("<document start>", "the file goes on after its end", "keep one record in a file; remove “...”"),
    (
        "expected ':'",
        "there is a key here without “: ” after it",
        "write “key: value”; a text of several lines needs quotes or is indented",
    ),
    (
        "expected ','",
        "a list or map in brackets goes on without a comma, or has no end",
        "check commas and closing brackets",
    ),
    (
        "expected",
        "this does not fit what stands above it",
        "align the keys of one block in one column, and close quotes and brackets",
    ),
    ("indentation", "this block text is indented unevenly", "begin every line of it in the same column"),
)


def syntax_problem(path: str, error: yaml.YAMLError, text: str) -> Problem:
    """Where and why the parser gave up on `text`; `error` is one of its own."""
    words = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    if "unexpected end of stream" in words and context:
        mark = context  # the quote that was never closed, not the end of the file
    end = Place(text.count("\n") + 1, len(text) - text.rfind("\n"))
    place = min(Place(mark.line + 1, mark.column + 1), end) if mark else Place(1, 1)
    message, remedy = _advice(words)
    return Problem(path, *place, "yaml", f"{message} ({words})", remedy)


def _advice(words: str) -> tuple[str, str]:
    for part, message, remedy in _ADVICE:
        if part in words:
            return message, remedy
    return "this is not YAML", "compare it with another record"
