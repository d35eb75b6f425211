"""What was changed in the register, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from jinja2 import Environment

from generator.model import Catalogue, Edit, Page
from generator.render.sheet import Sheet, head
from generator.render.views.history import LINES, link, words

HERE = "changes/index.md"
MOST = 100  # changes on the page


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """One page with the newest changes of all records; none where nobody asked for their history."""
    every: list[tuple[Edit, Sheet]] = []
    missing: dict[str, list[Sheet]] = {}
    for entry in catalogue.entries.values():
        if entry.edits is None:
            return
        sheet = Sheet(catalogue, HERE, entry)
        every += [(edit, sheet) for edit in entry.edits.newest_first]
        if entry.edits.missing:
            missing.setdefault(entry.edits.missing, []).append(sheet)
    shown = list(_newest(sorted(every, key=lambda each: each[0].at, reverse=True)))
    text = templates.get_template("changes.md.j2").render(
        front=head(title="Changes", description="What was changed in the records of the register, newest first."),
        sheet=Sheet(catalogue, HERE),
        days=[(day.isoformat(), list(those)) for day, those in groupby(shown, key=lambda each: each[0].at.date())],
        more=len(every) > len(shown),
        most=MOST,
        missing=missing,
        lines=LINES,
        words=words,
        link=link,
    )
    yield Page(HERE, text)


def _newest(edits: list[tuple[Edit, Sheet]]) -> Iterator[tuple[Edit, Sheet]]:
    """The first edits that fit into `MOST` changes, of each as many as are shown of one."""
    room = MOST
    for edit, sheet in edits:
        room -= max(1, len(edit.told[:LINES]))
        if room < 0:
            return
        yield edit, sheet
