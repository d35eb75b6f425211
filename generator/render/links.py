"""Links that fit the place of the page they stand on."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from generator.model import SETTLEMENT, Catalogue, Entry, Item, Reference, Settlement, Term, slug
from generator.render.text import inert, safe_url


@dataclass(frozen=True)
class Links:
    """One page being filled: `here` is its path; `entry` the incident it is about, if it is about one."""

    catalogue: Catalogue
    here: str
    entry: Entry | None = None

    def to(self, folder: str, anchor: str = "") -> str:
        """The relative address of another page of the register, for a Markdown link."""
        target = posixpath.join(folder, "index.md")
        fragment = f"#{anchor}" if anchor else ""
        if target == self.here and anchor:
            return fragment
        return posixpath.relpath(target, posixpath.dirname(self.here)) + fragment

    def raw(self, path: str) -> str:
        """The relative address of a page's folder or of a file, for raw HTML, which no builder rewrites."""
        return posixpath.relpath(path, posixpath.dirname(self.here)) + ("" if posixpath.splitext(path)[1] else "/")

    def link(self, text: object, folder: str, anchor: str = "") -> Markup:
        """A Markdown link to a page of the register."""
        return Markup(f"[{inert(text)}]({self.to(folder, anchor)})")

    def file(self, text: object, path: str) -> Markup:
        """A Markdown link to a file for machines, by its path below the site."""
        return Markup(f"[{inert(text)}]({posixpath.relpath(path, posixpath.dirname(self.here))})")

    def away(self, text: object, url: str) -> Markup:
        """A link to a page of somebody else's."""
        return Markup(f'[{inert(text)}]({safe_url(url)}){{: rel="noopener external" }}')

    def incident(self, id: str, anchor: str = "") -> Markup:
        """An incident by its title, linked."""
        return self.link(self.catalogue.entries[id].incident.title, f"incidents/{id}", anchor)

    def item(self, item: Item, text: object) -> Markup:
        """A link to one item on its incident's page."""
        return self.link(text, f"incidents/{item.incident}", item.id)

    def word(self, vocabulary: str, id: str) -> Markup:
        """A word of a vocabulary by its label, linked to where it is explained."""
        terms = self.catalogue.schema.vocabularies[vocabulary]
        term = terms.terms[id]
        if not terms.each:
            return self.link(term.label, terms.address, term.id)
        if (vocabulary, id) in self.catalogue.mentions:
            return self.link(term.label, f"{terms.address}/{term.id.lower()}")
        return inert(term.label)

    def settlement(self, country: str, name: str) -> Markup:
        """A town or village by its name, linked to its page where it has one."""
        found = self.catalogue.settlements.get(country, {}).get(slug(name))
        return self.link(name, self.home(found)) if found else inert(name)

    def home(self, settlement: Settlement) -> str:
        """The folder of the page of a town or village: below that of its country."""
        countries = self.catalogue.schema.vocabularies["countries"]
        return f"{countries.address}/{settlement.country.lower()}/{settlement.slug}"

    def place(self) -> Markup:
        """Town, or else region, and country of the incident, in the few words that a list has room for."""
        assert self.entry
        where = self.entry.incident.values["where"]
        narrow = [inert(where["region"])] if "region" in where else []
        if SETTLEMENT in where:
            narrow = [self.settlement(where["country"], where[SETTLEMENT])]
        return Markup(", ").join([*narrow, self.word("countries", where["country"])])

    def reference(self, named: Reference) -> Markup | None:
        """What a text of this incident links to, under the words of the text; None where there is no such thing."""
        words, kind, id = named
        if kind == "incidents":
            return self.link(words, f"incidents/{id}") if id in self.catalogue.entries else None
        if kind in ("items", "sources") and self.entry:
            incident = self.entry.incident
            known: Container[str] = incident.items if kind == "items" else incident.sources
            anchor = id if kind == "items" else f"s-{id}"
            return self.link(words, f"incidents/{incident.id}", anchor) if id in known else None
        vocabulary = self.catalogue.schema.vocabularies.get(kind)
        if vocabulary is None or id not in vocabulary.terms:
            return None
        if vocabulary.each:
            return self.link(words, f"{vocabulary.address}/{id.lower()}")
        return self.link(words, vocabulary.address, id)

    def term(self, vocabulary: str, id: str) -> Term:
        """The term itself."""
        return self.catalogue.term(vocabulary, id)

    def marks(self, sources: Iterable[str]) -> Markup:
        """The marks of some sources of this incident, each a link to its entry below."""
        links = Markup(" ").join(self.mark(each) for each in sources)
        return Markup('<sup class="marks">') + links + Markup("</sup>")

    def mark(self, source: str) -> Markup:
        """The mark of one source: its number, linked to its entry in the list below."""
        assert self.entry
        found = self.entry.incident.sources[source]
        return Markup(f"[{found.number}](#s-{found.id})")
