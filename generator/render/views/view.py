"""What a view is: a template, and the functions that feed it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from generator.model import Entry, Field, Schema, Value
from generator.render.maps.locator import Locator
from generator.render.sheet import Sheet

LONG = 90  # letters: about five lines of the narrowest column
_NO_WORDS = re.compile(r"<sup.*?</sup>|<[^>]+>|\]\([^)]*\)(\{[^}]*\})?")  # marks, tags, and where a link leads


class Row(NamedTuple):
    """One line of the fact box or one cell of the comparison table; `name` is the top-level field it is made from.

    `key` names the column, and `sort` is the text or number by which it is ordered where the value itself is not.
    `hint` is the attribute that tells the page's script from when on the line could be known, or what it said when.
    `map` is drawn below the value, in the fact box only.
    """

    title: str
    value: Markup
    name: str = ""
    hint: Markup = Markup("")
    map: Locator | None = None
    key: str = ""
    sort: str = ""

    @property
    def long(self) -> bool:
        """Whether the words of the value, without links and marks, are too many for a narrow column."""
        return len(_NO_WORDS.sub("", self.value)) > LONG


Rows = Callable[[Sheet, Field, Value], Iterator[Row]]


Data = Callable[[Sheet, Field, Value], Mapping[str, object]]


@dataclass(frozen=True)
class View:
    """`template` and the `data` it gets beyond sheet, field and value; `rows` for box and table.

    `present` says whether there is anything to show; without it, the field's being in the file. `columns` names the
    columns, by key and title, where there are several.
    """

    template: str
    rows: Rows | None = None
    data: Data | None = None
    present: Callable[[Entry], bool] | None = None
    columns: Callable[[Schema], Mapping[str, str]] | None = None


def at_home(sheet: Sheet) -> bool:
    """Whether the sheet is the page of its own incident, where marks have something to point at."""
    return sheet.entry is not None and sheet.here == f"incidents/{sheet.entry.incident.id}/index.md"


def own_marks(sheet: Sheet, value: Mapping[str, Value]) -> Markup:
    """The marks of a map of values, on the page of its own incident only."""
    return sheet.marks(value["sources"]) if sheet.entry and "sources" in value and at_home(sheet) else Markup("")
