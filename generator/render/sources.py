"""The sources of the register: who publishes them, which incidents use them, and what rests on one publisher alone.

One page says the whole; the sources themselves stand on a page for each letter that a publisher begins with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Catalogue, Entry, Page, Source, slug
from generator.render.sheet import Sheet, head
from generator.render.views.sources import counted

HERE = "sources/index.md"
TITLES = {"digits": "0–9", "other": "other alphabets"}


class Work(NamedTuple):
    """One source, with every place where an incident names it."""

    uses: tuple[Source, ...]

    @property
    def first(self) -> Source:
        """The source as the newest incident describes it."""
        return self.uses[0]

    @property
    def excerpt(self) -> bool:
        """Whether nobody read more of it than a part."""
        return all(each.values.get("seen") == "excerpt" for each in self.uses)


class Publisher(NamedTuple):
    """One independent publisher: its name, its address, its kinds as a list of words, and its sources by date."""

    name: str
    letter: str  # of its page
    anchor: str
    kinds: str
    works: tuple[Work, ...]
    incidents: int


class Alone(NamedTuple):
    """What of one incident rests on one publisher: by its name, links to the items."""

    entry: Entry
    publishers: tuple[tuple[str, Markup], ...]


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """One page for the whole register."""
    works = _works(catalogue)
    publishers = _publishers(catalogue, works)
    sheet = Sheet(catalogue, HERE)
    text = templates.get_template("sources.md.j2").render(
        front=head(
            title="Sources", description="Every source of the register by its publisher, and what rests on one."
        ),
        sheet=sheet,
        counted=counted,
        works=works,
        excerpts=sum(each.excerpt for each in works),
        publishers=publishers,
        covered=[(entry, entry.coverage) for entry in catalogue.entries.values()],
        alone=[_alone(sheet, entry) for entry in catalogue.entries.values() if entry.single],
    )
    yield Page(HERE, text)
    by_letter: dict[str, list[Publisher]] = {}
    for publisher in publishers:
        by_letter.setdefault(publisher.letter, []).append(publisher)
    for letter, those in sorted(by_letter.items()):
        yield _letter(catalogue, letter, those, sorted(by_letter), templates)


def _letter(
    catalogue: Catalogue, letter: str, publishers: list[Publisher], letters: list[str], templates: Environment
) -> Page:
    """The publishers whose names begin with a letter, in the order of the alphabet."""
    here = f"sources/{letter}/index.md"
    title = f"Sources: {TITLES.get(letter, letter.upper())}"
    text = templates.get_template("publishers.md.j2").render(
        front=head(
            title=title, description=f"{title}: the publishers of the register and what of theirs it uses.", rank=0
        ),
        sheet=Sheet(catalogue, here),
        title=title,
        counted=counted,
        letter=letter,
        letters={each: TITLES.get(each, each.upper()) for each in letters},
        publishers=sorted(publishers, key=lambda each: each.name.casefold()),
    )
    return Page(here, text)


def _works(catalogue: Catalogue) -> list[Work]:
    """The sources of all incidents, merged by address; one without an address stands for itself."""
    uses: dict[object, list[Source]] = {}
    for entry in catalogue.entries.values():
        for source in entry.incident.sources.values():
            uses.setdefault(source.address or (source.incident, source.id), []).append(source)
    return [Work(tuple(each)) for each in uses.values()]


def _publishers(catalogue: Catalogue, works: list[Work]) -> list[Publisher]:
    """The publishers, the one with the most sources first."""
    by_publisher: dict[str, list[Work]] = {}
    for work in works:
        by_publisher.setdefault(work.first.publisher, []).append(work)
    publishers = [_publisher(catalogue, each) for each in by_publisher.values()]
    return sorted(publishers, key=lambda each: (-len(each.works), each.name.casefold()))


def _publisher(catalogue: Catalogue, works: list[Work]) -> Publisher:
    name = works[0].first.publisher_name
    made = slug(name)
    own = [each.first.values for each in works if "derived_from" not in each.first.values]
    kinds = dict.fromkeys(each["publisher_kind"] for each in own if "publisher_kind" in each)
    labels = [catalogue.term("publisher_kinds", each).label.lower() for each in kinds]
    return Publisher(
        name=name,
        letter=made[0] if made[:1].isalpha() else "digits" if made else "other",
        anchor=f"p-{made or works[0].first.incident + '-' + works[0].first.id}",
        kinds=", ".join(labels) or ("kind not stated" if own else "seen only as printed by others"),
        works=tuple(sorted(works, key=lambda each: (str(each.first.values["csl"].get("issued", "~")), each.first.id))),
        incidents=len({use.incident for work in works for use in work.uses}),
    )


def _alone(sheet: Sheet, entry: Entry) -> Alone:
    names = {each.publisher: each.publisher_name for each in entry.incident.sources.values()}
    found: dict[str, list[Markup]] = {}
    for item in entry.single:
        (publisher,) = entry.publishers[item.id]
        text = f"{sheet.headword(item).unescape()} {item.id}"
        found.setdefault(names[publisher], []).append(sheet.item(item, text))
    by_number = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].casefold()))
    return Alone(entry, tuple((name, Markup(", ").join(links)) for name, links in by_number))
