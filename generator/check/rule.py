"""What a rule is: a small generator whose docstring is the rule as everybody reads it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.check.draft import Draft
from generator.check.register import Register
from generator.model import Path, Problem


class Finding(NamedTuple):
    """A mistake as a rule sees it. `level` is the rule's own unless the rule is milder with some records."""

    path: Path
    message: str
    remedy: str
    level: str | None = None


Finder = Callable[[Draft, Register], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule: its number never changes, its sentence says what holds, and `why` says the rest."""

    number: int
    slug: str
    level: str  # "error", "warning" or "note"
    sentence: str
    why: str
    find: Finder

    @property
    def name(self) -> str:
        """Number and slug, as a problem shows them and as the page of the rule is called."""
        return f"{self.number}-{self.slug}"

    def problems(self, draft: Draft, register: Register) -> Iterator[Problem]:
        """What the rule finds in one file."""
        for path, message, remedy, level in self.find(draft, register):
            yield draft.document.problem(path, self.name, message, remedy, level=level or self.level)


def rule(number: int, level: str = "error") -> Callable[[Finder], Rule]:
    """Make a rule of a generator: the name is the slug, the docstring’s first line the rule, the rest the reason."""

    def made(find: Finder) -> Rule:
        sentence, _, why = inspect.cleandoc(find.__doc__ or "").partition("\n")
        return Rule(number, find.__name__.replace("_", "-"), level, sentence, why.strip(), find)

    return made
