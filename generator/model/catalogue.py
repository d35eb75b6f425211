"""The whole register with everything that no one types: statuses, headline figures, timelines, links from both ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from generator.model.basemap import OPEN_SEA, BaseMap
from generator.model.cite import Citation
from generator.model.history import Edits
from generator.model.incident import Incident, Item, Mention, Relation
from generator.model.moment import Moment
from generator.model.quantity import Quantity
from generator.model.schema import Schema, Term
from generator.model.settlement import Settlement

AGES: Mapping[str, timedelta] = MappingProxyType(
    {"24h": timedelta(hours=24), "7d": timedelta(days=7), "30d": timedelta(days=30)}
)  # at which every incident is shown as it stood then, by their names in an address


@dataclass(frozen=True)
class Settings:
    """Where the register is published and edited; unset texts are empty, and then no link to them is printed."""

    site_name: str = "As Reported"
    site_url: str = ""
    repo_url: str = ""
    branch: str = "main"


@dataclass(frozen=True)
class Page:
    """A page to be written: its path below the output folder, always `<folder>/index.md` for Markdown, and its text."""

    path: str
    text: str


@dataclass(frozen=True)
class Figure:
    """One reported number. `status` is computed: "current", "superseded" or "disputed".

    `mixed` names those it counts who are otherwise counted apart, such as attackers among the dead.
    """

    item: Item
    measure: Term
    group: Term | None
    places: tuple[Item, ...]  # of those of the incident, the ones it counts; none: all
    quantity: Quantity
    as_of: Moment
    said_by: str | None
    counts: Mapping[str, str]
    publishers: frozenset[str]
    official: bool  # whether the voice is a state body, a court or the like
    mixed: frozenset[str]
    party: bool  # the only voice is a party such as a claimant
    superseded_by: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """What the figure is by now."""
        return "superseded" if self.superseded_by else "disputed" if self.disputes else "current"


@dataclass(frozen=True)
class Series:
    """All figures of one measure, or of one group or place within it, oldest first.

    `headline` follows the published rule.
    """

    measure: Term
    group: Term | None
    places: tuple[Item, ...]
    figures: tuple[Figure, ...]
    headline: Figure | None
    headline_reason: str = ""

    @property
    def whole(self) -> bool:
        """Whether they count everybody, not a group, and everywhere, not at some of the places."""
        return self.group is None and not self.places

    @property
    def live(self) -> tuple[Figure, ...]:
        """The figures that no later one has replaced."""
        return tuple(each for each in self.figures if not each.superseded_by)

    @property
    def range(self) -> tuple[Quantity, Quantity] | None:
        """The lowest and the highest figure that stands, in their own words; None without a headline.

        Victims alone and victims with attackers are no range: only figures of the same mixture are looked at.
        """
        if self.headline is None:
            return None
        alike = [each.quantity for each in self.live if each.mixed == self.headline.mixed and not each.party]
        known = [each for each in alike if each.qualifier != "unknown"]
        return min(known, key=lambda each: (each.low or 0, not each.exact)), max(known, key=_reach)


def whole(series: Iterable[Series], measure: str) -> Series | None:
    """Of several series the one of a measure that counts everybody and everywhere, if there is one."""
    return next((each for each in series if each.measure.id == measure and each.whole), None)


@dataclass(frozen=True)
class Stood:
    """The series of an incident as they could be known from `at` on, until the next of them."""

    at: datetime
    series: tuple[Series, ...]


def _reach(quantity: Quantity) -> tuple[int, bool]:
    """Orders quantities by the highest number they name: of «more than 330» and 334, the latter."""
    number = quantity.low if quantity.high is None else quantity.high
    return number or 0, quantity.exact


@dataclass(frozen=True)
class Coverage:
    """How well a record is sourced, as counts of its items that name sources.

    `citations` are the sources of all items together; `single` rest on one publisher, `official` are said by or sourced
    to an official body or a court, of `excerpt` no source was seen in full.
    """

    items: int
    sources: int
    publishers: int
    citations: int
    single: int
    official: int
    excerpt: int

    def __add__(self, other: Coverage) -> Coverage:
        both = zip(vars(self).values(), vars(other).values(), strict=True)
        return Coverage(*(one + another for one, another in both))

    def share(self, part: int) -> int:
        """A count as a percentage of the items, rounded."""
        return round(100 * part / self.items) if self.items else 0


@dataclass(frozen=True)
class Entry:
    """One incident with what follows from it and from the others.

    `backlinks` are by the id of the item pointed at; each is the label of the link back and the item that points.
    `publishers` are those behind each item that names sources, `corroborations` the words for how well an item is borne
    out, `citations` by the anchor of a figure, and under an empty one that of the whole record.
    """

    incident: Incident
    series: tuple[Series, ...]
    timeline: tuple[Item, ...]
    duration: timedelta | None
    backlinks: Mapping[str, tuple[tuple[str, str], ...]]
    supports: Mapping[str, tuple[str, ...]]  # source id: anchors it is cited at
    relations: tuple[Relation, ...]
    publishers: Mapping[str, frozenset[str]]
    corroborations: Mapping[str, str]
    citations: Mapping[str, Citation]
    known: Mapping[str, datetime]  # part of the record: from when on it could be known; what is absent belongs to now
    days: tuple[date, ...]  # on which something became known, at the place, from the start on
    stood: tuple[Stood, ...]
    coverage: Coverage
    edits: Edits | None  # how the record itself changed; None where nobody asked

    def series_by(self, at: datetime) -> tuple[Series, ...]:
        """The series as they could be known at an instant; none before the first figure was known."""
        known = bisect_right(self.stood, at, key=lambda each: each.at)
        return self.stood[known - 1].series if known else ()

    def series_after(self, age: timedelta) -> tuple[Series, ...]:
        """The series as they could be known so long after the start, or after its day where no hour is known."""
        start = self.incident.start
        return self.series_by(start.bounds(self.incident.zone)[1] + age) if start.known else ()

    @property
    def single(self) -> tuple[Item, ...]:
        """The items all of whose sources share one publisher, in the order of the file."""
        return tuple(self.incident.items[id] for id, behind in self.publishers.items() if len(behind) == 1)

    @property
    def headlines(self) -> tuple[Series, ...]:
        """The series of whole measures, without groups and of all places, that have a headline figure."""
        return tuple(each for each in self.series if each.whole and each.headline)


@dataclass(frozen=True)
class Catalogue:
    """Everything the pages and exports need. Entries stand newest first; mentions are by (vocabulary, word).

    `places` are the ids of incidents by the cell in which their point lies; `settlements` are by country and slug.
    """

    schema: Schema
    settings: Settings
    entries: Mapping[str, Entry]
    mentions: Mapping[tuple[str, str], tuple[Mention, ...]]
    base_map: BaseMap = OPEN_SEA
    places: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    settlements: Mapping[str, Mapping[str, Settlement]] = field(default_factory=dict)

    def term(self, vocabulary: str, word: str) -> Term:
        """The term of a vocabulary by its id."""
        return self.schema.vocabularies[vocabulary].terms[word]
