"""The pages of the vocabularies: one for each, and for actors and countries one for every word that a record uses."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from generator.model import Catalogue, Mention, Page, Term, Vocabulary
from generator.render.maps.overview import overview
from generator.render.sheet import Sheet, head
from generator.render.views.figures import headline


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """The list of vocabularies, a page a vocabulary, and a page a word where the vocabulary asks for it."""
    vocabularies = sorted(catalogue.schema.vocabularies.values(), key=lambda each: each.title)
    yield _list(catalogue, vocabularies, templates)
    for vocabulary in vocabularies:
        yield _vocabulary(catalogue, vocabulary, templates)
        for term in _used(catalogue, vocabulary) if vocabulary.each else ():
            yield _term(catalogue, vocabulary, term, templates)


def _used(catalogue: Catalogue, vocabulary: Vocabulary) -> list[Term]:
    terms = [term for term in vocabulary.terms.values() if (vocabulary.name, term.id) in catalogue.mentions]
    return sorted(terms, key=lambda term: term.label.casefold())


def _list(catalogue: Catalogue, vocabularies: list[Vocabulary], templates: Environment) -> Page:
    here = "vocabulary/index.md"
    front = head(title="Vocabularies", description="The closed lists of words that records are written in.")
    text = templates.get_template("vocabularies.md.j2").render(
        front=front, sheet=Sheet(catalogue, here), vocabularies=vocabularies
    )
    return Page(here, text)


def _vocabulary(catalogue: Catalogue, vocabulary: Vocabulary, templates: Environment) -> Page:
    here = f"{vocabulary.address}/index.md"
    terms = _used(catalogue, vocabulary) if vocabulary.each else list(vocabulary.terms.values())
    text = templates.get_template("vocabulary.md.j2").render(
        front=head(title=vocabulary.title, description=vocabulary.description),
        sheet=Sheet(catalogue, here),
        vocabulary=vocabulary,
        terms=[(term, _incidents(catalogue, vocabulary, term)) for term in terms],
        named=any(field.vocabulary == vocabulary.name for field in catalogue.schema.every_field()),
        codes=sorted({code for term in terms for code in term.codes}),
    )
    return Page(here, text)


def _term(catalogue: Catalogue, vocabulary: Vocabulary, term: Term, templates: Environment) -> Page:
    here = f"{vocabulary.address}/{term.id.lower()}/index.md"
    by_incident = _incidents(catalogue, vocabulary, term)
    there = [catalogue.entries[id] for id in by_incident] if vocabulary.name == "countries" else []
    there = [entry for entry in there if entry.incident.values["where"]["country"] == term.id]
    text = templates.get_template("term.md.j2").render(
        front=head(title=term.label, description=term.definition or f"{vocabulary.title}: {term.label}"),
        sheet=Sheet(catalogue, here),
        vocabulary=vocabulary,
        term=term,
        parts=[each for each in _used(catalogue, vocabulary) if each.more.get("of") == term.id],
        there=[Sheet(catalogue, here, entry) for entry in there],
        overview=overview(catalogue, there),
        headline=headline,
        incidents=[(Sheet(catalogue, here, catalogue.entries[id]), mentions) for id, mentions in by_incident.items()],
    )
    return Page(here, text)


def _incidents(catalogue: Catalogue, vocabulary: Vocabulary, term: Term) -> dict[str, list[Mention]]:
    """The mentions of a word by incident, newest incident first."""
    found: dict[str, list[Mention]] = {}
    for mention in catalogue.mentions.get((vocabulary.name, term.id), ()):
        found.setdefault(mention.incident, []).append(mention)
    return found
