"""How a record became what it is: its revisions as they were kept, and what differs from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from generator.model.document import Value
from generator.model.schema import Field

SEVERAL = 3  # items put in other words: more are told as a list of their ids


@dataclass(frozen=True)
class Revision:
    """A file as one commit left it, in short form. Without values it cannot be read, or was `removed`."""

    at: datetime  # in UTC: when the commit was made, never when something happened
    values: Mapping[str, Value] | None
    removed: bool = False


@dataclass(frozen=True)
class History:
    """The revisions of each file by its path, newest first; a file without any has never been committed.

    `missing` says why there is no history at all. Of the files in `cut` there are older revisions that were not read.
    """

    revisions: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    missing: str = ""
    cut: frozenset[str] = frozenset()

    @property
    def available(self) -> bool:
        """Whether the history could be read."""
        return not self.missing


class Part(NamedTuple):
    """One field that differs: "added", "removed" or "changed".

    The values are there only where they may be repeated: words of vocabularies, dates, figures, ids and titles. What
    is written freely was perhaps taken out for a reason, so of that it is only said that it differs (`shown` is false).
    """

    title: str
    field: Field  # says how the values are written
    how: str
    before: Value = None
    after: Value = None
    shown: bool = False

    @property
    def reworded(self) -> bool:
        """Whether free text was put in other words, and no more is said of it."""
        return self.how == "changed" and not self.shown and self.field.format in ("prose", "line")


@dataclass(frozen=True)
class Change:
    """One item, source or plain field that was "added", "removed" or "changed".

    `id` is empty for a plain field. `about` holds what may be said of an item: its kind, voice, date and figure.
    """

    how: str
    block: Field  # that of the item, or the top-level field itself
    id: str = ""
    about: Mapping[str, Value] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()

    @property
    def reworded(self) -> bool:
        """Whether nothing but free text of an item or source is in other words."""
        return bool(self.id) and self.how == "changed" and all(part.reworded for part in self.parts)


@dataclass(frozen=True)
class Edit:
    """What one revision changed. `notes` are the entries of the changelog that came with it.

    `state` is "begun", "changed", "removed" or "unreadable"; of the first, `figures` and `sources` say how many it had.
    """

    at: datetime
    state: str
    changes: tuple[Change, ...] = ()
    notes: tuple[Mapping[str, Value], ...] = ()
    figures: int = 0
    sources: int = 0

    @property
    def reworded(self) -> tuple[str, ...]:
        """The items and sources that were only put in other words, where these are too many to be told one by one."""
        found = tuple(each.id for each in self.changes if each.reworded)
        return found if len(found) > SEVERAL else ()

    @property
    def told(self) -> tuple[Change, ...]:
        """The changes that are told one by one."""
        many = bool(self.reworded)
        return tuple(each for each in self.changes if not (many and each.reworded))


@dataclass(frozen=True)
class Edits:
    """The edits of one record, newest first.

    `missing` says why there are none; `cut` that there are older ones. `notes` are the entries of the changelog that
    belong to none of them.
    """

    newest_first: tuple[Edit, ...] = ()
    notes: tuple[Mapping[str, Value], ...] = ()
    missing: str = ""
    cut: bool = False
