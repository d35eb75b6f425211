"""The pages of the vocabularies: what each word means, and where and why incidents use it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Catalogue, Field, Mention, Page, Term, Vocabulary
from generator.render.mentions import Use, by_incident, place, uses, way
from generator.render.sheet import Sheet, head


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """The list of vocabularies, and a page a vocabulary."""
    vocabularies = sorted(catalogue.schema.vocabularies.values(), key=lambda each: each.title)
    yield _list(catalogue, vocabularies, templates)
    for vocabulary in vocabularies:
        yield _vocabulary(catalogue, vocabulary, templates)


def used(catalogue: Catalogue, vocabulary: Vocabulary) -> list[Term]:
    """The words that an incident names, by their labels."""
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
    terms = used(catalogue, vocabulary) if vocabulary.each else list(vocabulary.terms.values())
    fields = [field for field in catalogue.schema.every_field() if field.vocabulary == vocabulary.name]
    only = fields[0] if len(fields) == 1 and not vocabulary.each else None
    text = templates.get_template("vocabulary.md.j2").render(
        front=head(title=vocabulary.title, description=vocabulary.description),
        sheet=Sheet(catalogue, here),
        vocabulary=vocabulary,
        terms=[(term, list(_incidents(catalogue, here, vocabulary, term, only))) for term in terms],
        named="Incidents" + (f" ({way(catalogue.schema, only).lower()})" if only else "") if fields else "",
        codes=sorted({code for term in terms for code in term.codes}),
    )
    return Page(here, text)


def _incidents(
    catalogue: Catalogue, here: str, vocabulary: Vocabulary, term: Term, only: Field | None
) -> Iterator[tuple[Markup, list[Use]]]:
    """Every incident that uses a word, newest first, and how; a word with a page of its own says that there.

    Where the vocabulary serves `only` one field, the head of the column names that once for all.
    """
    for id, mentions in by_incident(catalogue.mentions.get((vocabulary.name, term.id), ())).items():
        sheet = Sheet(catalogue, here, catalogue.entries[id])
        anchor = _first(sheet, mentions) if vocabulary.each or only else ""
        yield sheet.incident(id, anchor), [] if vocabulary.each else list(uses(sheet, mentions, only))


def _first(sheet: Sheet, mentions: Sequence[Mention]) -> str:
    """The anchor where an incident first names a word, if it can be, outside what is shown closed."""
    assert sheet.entry
    items = sheet.entry.incident.items
    return place(sheet, min(mentions, key=lambda each: bool(each.item and sheet.guarded(items[each.item]))))[1]
