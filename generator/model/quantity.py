"""A number in the words of its source: `145`, `more than 60`, `40-50`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

NUMBER = r"(0|[1-9][0-9]{0,8})"
Bounds = tuple[int, int | None]
PHRASES: dict[str, Callable[[int], Bounds]] = {
    "at least": lambda n: (n, None),
    "more than": lambda n: (n + 1, None),
    "up to": lambda n: (0, n),
    "about": lambda n: (n, n),
    "nearly": lambda n: (n, n),
    "fewer than": lambda n: (0, n - 1),
}
HELP = "write 60, at least 60, more than 60, up to 60, about 60, nearly 60, fewer than 60, 40-50 or unknown"


class QuantityError(ValueError):
    """The text is not a quantity; the message says what one looks like."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its qualifier.

    `low` and `high` are the bounds (inclusive; None = open, both None = unknown); `text` is what is shown: as
    written, with the thousands set apart. `about 60` and `nearly 60` keep 60 as both bounds: how wide the word is,
    nobody said.
    """

    text: str
    qualifier: str  # "exact", "range", "unknown" or a key of PHRASES
    low: int | None
    high: int | None

    @classmethod
    def parse(cls, value: object) -> Quantity:
        """Read an integer or one of the phrases of the value grammar (DATA-MODEL «Figures»).

        Raises QuantityError when the value is neither.
        """
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise QuantityError(f"this is not a figure; {HELP}")
        written = str(value)
        text = re.sub(NUMBER, lambda number: f"{int(number[0]):,}", written)
        if text == "unknown":
            return cls(text, "unknown", None, None)
        if re.fullmatch(NUMBER, written):
            return cls(text, "exact", int(written), int(written))
        if match := re.fullmatch(f"{NUMBER}-{NUMBER}", written):
            low, high = int(match[1]), int(match[2])
            return cls(text.replace("-", "–"), "range", low, high)
        for phrase, bounds in PHRASES.items():
            if match := re.fullmatch(f"{phrase} {NUMBER}", written):
                return cls(text, phrase, *bounds(int(match[1])))
        raise QuantityError(f"“{written}” is not a figure; {HELP}")

    @property
    def exact(self) -> bool:
        """Whether the source gave one number without a qualifier."""
        return self.qualifier == "exact"

    @property
    def sort_key(self) -> tuple[int, int]:
        """Orders by the lower bound; unknown comes last."""
        return (1, 0) if self.low is None else (0, self.low)

    def overlaps(self, other: Quantity) -> bool:
        """Whether both can be true of one number; unknown overlaps all.

        «About» reaches a tenth to either side, «nearly» a tenth to below.
        """
        (low, high), (other_low, other_high) = self._reach(), other._reach()
        return low <= other_high and other_low <= high

    def _reach(self) -> tuple[float, float]:
        slack = 0.1 * (self.low or 0) if self.qualifier in ("about", "nearly") else 0
        low = -slack if self.low is None else self.low - slack
        above = slack if self.qualifier == "about" else 0
        return low, float("inf") if self.high is None else self.high + above
