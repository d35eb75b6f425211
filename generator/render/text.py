"""Text of the records, made inert: it reaches the page letter for letter and does nothing there.

HTML escaping is not enough, for the pages are Markdown. Every ASCII character on which HTML or Python-Markdown (with
attr_list, md_in_html, tables, admonition, fenced_code and toc) can act is written as a numeric entity, which neither
reads as syntax. Two duties stay with the templates: no full stop directly after a value that may be a number and begins
a line, and no value in an attribute of an element that carries `markdown="…"`, where entities are decoded twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Concat
from markupsafe import Markup

from generator.model import LINK, MARK, Reference, reference

_BREAKS = re.compile(r"[\t-\r\x1c-\x20\x85\u2028\u2029]+")  # blanks and line ends; a no-break space is a letter
_UNSHOWABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ACTIVE = re.compile(r"""[!"#&*<>\[\\\]_`{|}]|(?! )\s""")  # Python-Markdown strips blanks beyond ASCII as well
_BEGINS_BLOCK = re.compile(r" ?(?:[-+=~.]|\d+\.)")  # lists, underlined headings, fences: only where a line begins
_MARK = re.compile(f" ?{MARK.pattern}")
_NAMED = re.compile(f"{LINK.pattern}|{_MARK.pattern}")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n", re.ASCII)
_OTHER_SCHEME = re.compile(r"^(?!https?:)([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_UNSAFE_IN_URL = re.compile(r"""[\x00-\x20\x7f-\xa0"'()<>\[\\\]^`{|}\ufeff]|\s""")


def inert(value: object) -> Markup:
    """The text of any value for any place of a generated page; Markup is trusted and passes through.

    Line ends and runs of blanks become one blank, as in HTML. What a page cannot show (control characters, lone
    surrogates) becomes U+FFFD, so that a reader sees that something is missing.
    """
    if hasattr(value, "__html__"):
        return Markup(value)
    return _line(_folded(str(value)).strip(" "))


def finalize(value: object) -> Markup:
    """What Jinja prints for an expression: nothing for None, everything else inert."""
    return Markup() if value is None else inert(value)


def joined(values: Iterable[object], separator: object = "") -> str:
    """The values in a row: next to Markup every other value is made inert, plain texts alone stay plain text."""
    parts = list(values)
    if not any(hasattr(part, "__html__") for part in (separator, *parts)):
        return str(separator).join(str(part) for part in parts)
    between, *row = (part if hasattr(part, "__html__") else _line(_folded(str(part))) for part in (separator, *parts))
    return Markup(between).join(row)


class _Compiler(CodeGenerator):
    """Jinja's own `~` escapes for HTML alone when one side is Markup; this one makes the other side inert."""

    def visit_Concat(self, node: Concat, frame: Frame) -> None:
        self.write("environment.filters['join']((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Environment(jinja2.Environment):
    code_generator_class = _Compiler


def environment(loader: jinja2.BaseLoader | None = None) -> jinja2.Environment:
    """Jinja for Markdown pages: everything printed is inert unless it is Markup, and an unknown name is an error.

    The filters that would only escape for HTML (`e`, `escape`, `forceescape`, `join`) make inert instead.
    """
    jinja = _Environment(
        loader=loader,
        autoescape=True,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    jinja.filters |= {"e": inert, "escape": inert, "forceescape": lambda value: inert(str(value)), "join": joined}
    return jinja


Linked = Callable[[Reference], Markup | None]


def prose(text: str, mark: Callable[[str], Markup | None], link: Linked = lambda each: None) -> Markup:
    """Plain sentences as Markdown paragraphs, parted by blank lines.

    `[s1]` and `[s1, s2]` become superscript marks: `mark` gives that of a source id. `[words](actors/fsb)` becomes what
    `link` makes of it. What either does not know (None) is text, as all else.
    """
    paragraphs = (_folded(each).strip(" ") for each in _PARAGRAPH_END.split(text))
    return Markup("\n\n").join(_paragraph(each, mark, link) for each in paragraphs if each)


def _paragraph(folded: str, mark: Callable[[str], Markup | None], link: Linked) -> Markup:
    end = 0
    pieces: list[Markup] = []
    for found in _NAMED.finditer(folded):
        written = _named(found, mark, link)
        if written is not None:
            before = folded[end : found.start()]
            pieces += [_encoded(before) if end or not before else _line(before), written]
            end = found.end()
    rest = folded[end:]
    return Markup().join([*pieces, _encoded(rest) if end else _line(rest)])


def _named(found: re.Match[str], mark: Callable[[str], Markup | None], link: Linked) -> Markup | None:
    ids = found.groups()[-1]
    if ids is None:
        return link(reference(found))
    links = [each for each in map(mark, re.split(", ?", ids)) if each is not None]
    whole = len(links) == ids.count(",") + 1
    return Markup("<sup>{}</sup>").format(Markup(", ").join(links)) if whole else None


def plain(text: str, limit: int | None = 160, *, sources: Container[str] | None = None) -> str:
    """Prose on one line without source marks, of its links the words.

    Longer than `limit`, it ends after a whole word with an ellipsis.

    Where `sources` are given, a word in brackets that is none of them is text and stays.
    """

    def unless_text(mark: re.Match[str]) -> str:
        ids = (each.strip() for each in mark[1].split(","))
        return "" if sources is None or all(each in sources for each in ids) else mark[0]

    line = LINK.sub(r"\1", _MARK.sub(unless_text, _folded(text))).strip(" ")
    if limit is None or len(line) <= limit:
        return line
    room = line[: limit - 1]
    whole_words = room if line[len(room)] == " " else room.rpartition(" ")[0]
    return (whole_words.rstrip(" ,;:.") or room) + "…"


def front_matter(**values: Any) -> str:
    """The head of a page as JSON, which MkDocs reads as YAML; None is left out.

    Texts are inert at any depth, for Material prints titles and descriptions into the head, attributes and navigation
    without escaping them.
    """
    shown = {key: _inert_texts(value) for key, value in values.items() if value is not None}
    return f"---\n{json.dumps(shown, ensure_ascii=False)}\n---\n"


def _inert_texts(value: Any) -> Any:
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, Mapping):
        return {key: _inert_texts(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_inert_texts(item) for item in value]
    return value


def safe_url(url: str) -> Markup:
    """An address for a Markdown link destination `](…)` or a double-quoted attribute.

    What would end either is percent-encoded. So is the colon of any scheme but http and https, for such an address
    could run script; it then leads nowhere.
    """
    harmless = _OTHER_SCHEME.sub(r"\1%3A", _UNSHOWABLE.sub("\ufffd", url.strip()))
    return Markup(_UNSAFE_IN_URL.sub(lambda found: quote(found[0], safe=""), harmless).replace("&", "&amp;"))


def verbatim(text: str) -> Markup:
    """Lines as they are, blanks and all, for a `<pre>` that stands in raw HTML."""
    return Markup("\n").join(_encoded(_UNSHOWABLE.sub("\ufffd", line)) for line in text.split("\n"))


def _folded(text: str) -> str:
    return _UNSHOWABLE.sub("\ufffd", _BREAKS.sub(" ", text))


def _line(folded: str) -> Markup:
    start = _BEGINS_BLOCK.match(folded)
    if start is None:
        return _encoded(folded)
    at = start.end() - 1
    return Markup(f"{folded[:at]}&#{ord(folded[at])};") + _encoded(folded[at + 1 :])


def _encoded(folded: str) -> Markup:
    return Markup(_ACTIVE.sub(lambda found: f"&#{ord(found[0])};", folded))
