"""The page of each incident, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Catalogue, Entry, Mention, Page, settled
from generator.render import cite, dates, views
from generator.render.compare.pairs import folder
from generator.render.sheet import Sheet, head
from generator.render.text import plain, verbatim
from generator.render.views import asof
from generator.render.views.figures import headline

RANK = 3  # of the page of an incident among what a search finds


class NamedIn(NamedTuple):
    """Pages of one kind that name the incident."""

    title: str
    links: Markup


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """One page an incident, and one for each former id that leads on to it."""
    for entry in catalogue.entries.values():
        yield _page(catalogue, entry, templates)
        for former in entry.incident.values.get("former_ids", ()):
            yield _moved(catalogue, entry, former, templates)


def index(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """The list of all incidents, newest first."""
    here = "incidents/index.md"
    sheets = [Sheet(catalogue, here, entry) for entry in catalogue.entries.values()]
    front = head(title="Incidents", description="All incidents of the register, newest first.", wide=True)
    text = templates.get_template("incidents.md.j2").render(front=front, sheets=sheets, headline=headline)
    yield Page(here, text)


def _page(catalogue: Catalogue, entry: Entry, templates: Environment) -> Page:
    incident = entry.incident
    here = f"incidents/{incident.id}/index.md"
    sheet = Sheet(catalogue, here, entry)
    body, details, end = (list(views.sections(sheet, templates, where)) for where in ("page", "details", "end"))
    status = catalogue.term("record_statuses", incident.values["record"]["status"])
    settings = catalogue.settings
    repo = settings.repo_url.rstrip("/")
    text = templates.get_template("incident.md.j2").render(
        front=head(
            title=incident.title, description=plain(incident.values["summary"], sources=incident.sources), rank=RANK
        ),
        sheet=sheet,
        incident=incident,
        lead=body[0].text,
        review=None if status.id == "published" else status,
        excerpts=sum(source.values.get("seen") == "excerpt" for source in incident.sources.values()),
        box=list(views.box(sheet)),
        page=body[1:],
        details=details,
        end=end,
        stood=asof.table(sheet),
        spell=dates.spell_day,
        citation=entry.citations[""],
        cite=cite,
        verbatim=verbatim,
        figure=next((id for id in entry.citations if id), None),
        shown={section.field.name for section in (*body, *details, *end)},
        named_in=list(_named_in(sheet)),
        pairs=_side_by_side(sheet),
        chosen=[
            each for each in entry.headlines if each.headline_reason and "box" in each.measure.more.get("show", ())
        ],
        edit_url=f"{repo}/edit/{settings.branch}/{incident.path}" if repo else "",
        issue_url=f"{repo}/issues/new" if repo else "",
    )
    return Page(here, text)


def _moved(catalogue: Catalogue, entry: Entry, former: str, templates: Environment) -> Page:
    here = f"incidents/{former}/index.md"
    front = head(title=f"Moved: {entry.incident.title}", description="This record has another address now.")
    sheet = Sheet(catalogue, here, entry)
    return Page(here, templates.get_template("moved.md.j2").render(front=front, sheet=sheet, entry=entry))


def _side_by_side(sheet: Sheet) -> Markup:
    """The incidents related to this one, each linked to the page on which the two stand side by side."""
    assert sheet.entry
    id = sheet.entry.incident.id
    others = dict.fromkeys(each.other for each in sheet.entry.relations)
    titles = {other: sheet.catalogue.entries[other].incident.title for other in others}
    return Markup(", ").join(sheet.link(title, folder(id, other)) for other, title in titles.items())


def _named_in(sheet: Sheet) -> Iterator[NamedIn]:
    """Every page that names this incident: other incidents, towns, and for each vocabulary the pages of its words."""
    assert sheet.entry
    incident = sheet.entry.incident
    others = dict(_others(sheet))
    if others:
        links = (sheet.incident(id) + (Markup(" ({})").format(where) if where else "") for id, where in others.items())
        yield NamedIn("Incidents", Markup(" · ").join(links))
    towns = dict.fromkeys(sheet.settlement(incident.values["where"]["country"], name) for name, _ in settled(incident))
    if towns:
        yield NamedIn("Places", Markup(" · ").join(towns))
    for name, words in _words(incident.mentions).items():
        vocabulary = sheet.catalogue.schema.vocabularies.get(name)
        if vocabulary and vocabulary.each:
            yield NamedIn(vocabulary.title, Markup(" · ").join(sheet.word(name, word) for word in sorted(words)))


def _others(sheet: Sheet) -> Iterator[tuple[str, Markup]]:
    """Every other incident with a relation to this one, or whose texts name this one, and then where."""
    assert sheet.entry
    id = sheet.entry.incident.id
    found: dict[str, list[Markup]] = {}
    for each in sheet.entry.relations:
        found.setdefault(each.other, [])
    for mention in sheet.catalogue.mentions.get(("incidents", id), ()):
        if mention.incident != id and mention.field.format == "prose":
            anchor = mention.item or str(mention.path[0])
            link = sheet.link(f"named in {anchor}", f"incidents/{mention.incident}", anchor)
            found.setdefault(mention.incident, []).append(link)
    for other, reasons in found.items():
        yield other, Markup(", ").join(dict.fromkeys(reasons))


def _words(mentions: tuple[Mention, ...]) -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    for mention in mentions:
        words.setdefault(mention.kind, set()).add(mention.target)
    return words
