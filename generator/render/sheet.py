"""What the template of one page may call: links that fit its place, words with their pages, values by their field."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from babel import Locale
from markupsafe import Markup

from generator.model import Catalogue, Entry, Field, Figure, Item, Mention, Moment, Quantity, Source, Term, Value
from generator.render import dates
from generator.render.text import front_matter, inert, plain, prose, safe_url


def head(title: str, description: str, *, wide: bool = False) -> Markup:
    """The front matter of a page. The tabs lead everywhere, so the side navigation gives its room to the text.

    `wide` also gives that of the table of contents.
    """
    hide = ["navigation", "toc"] if wide else ["navigation"]
    return Markup(front_matter(title=title, description=description, hide=hide))


@dataclass(frozen=True)
class Sheet:
    """One page being filled: `here` is its path; `entry` the incident it is about, if it is about one.

    Every method gives Markup that is safe in a Markdown paragraph, list item or table cell.
    """

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

    def link(self, text: object, folder: str, anchor: str = "") -> Markup:
        """A Markdown link to a page of the register."""
        return Markup(f"[{inert(text)}]({self.to(folder, anchor)})")

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

    def term(self, vocabulary: str, id: str) -> Term:
        """The term itself."""
        return self.catalogue.term(vocabulary, id)

    def voice(self, item: Item) -> Markup:
        """Who speaks in an item, with the person who spoke for them."""
        return self._voice(item.block, item.values)

    def _voice(self, field: Field, values: Mapping[str, Value]) -> Markup:
        speaker = values.get("speaker")
        actor = values.get(field.voice or "")
        who = self.word("actors", actor) if actor else Markup("voice not named")
        return who + (Markup(" (") + inert(speaker) + ")" if speaker else Markup(""))

    def label(self, item: Item) -> Markup:
        """The word that says what kind of item it is, or the heading of its block."""
        field = item.block.by_name[item.block.label] if item.block.label else None
        if field is None or field.vocabulary is None:
            return inert(item.block.title)
        return inert(self.term(field.vocabulary, item.values[field.name]).label)

    def guarded(self, item: Item) -> bool:
        """Whether the item is of a kind that is shown closed, never in a title, table, timeline or search result."""
        field = item.block.by_name[item.block.label] if item.block.label else None
        return bool(
            field and field.vocabulary and self.term(field.vocabulary, item.values[field.name]).more.get("guarded")
        )

    def marks(self, sources: Iterable[str]) -> Markup:
        """The marks of some sources of this incident, each a link to its entry below."""
        links = Markup(" ").join(self.mark(each) for each in sources)
        return Markup('<sup class="marks">') + links + Markup("</sup>")

    def mark(self, source: str) -> Markup:
        """The mark of one source: its number, linked, with publisher and date as a tooltip."""
        assert self.entry
        found = self.entry.incident.sources[source]
        csl = found.values["csl"]
        parts = [csl.get("container-title") or csl.get("publisher"), csl.get("issued")]
        title = inert(", ".join(each for each in parts if each) or csl["title"])
        return Markup(f'[{found.number}](#s-{found.id} "{title}")')

    def prose(self, text: str) -> Markup:
        """A prose field: its source marks become links, all else is shown letter for letter."""
        return prose(text, lambda id: self.mark(id) if self._knows(id) else None)

    def _knows(self, source: str) -> bool:
        return self.entry is not None and source in self.entry.incident.sources

    def date(self, moment: Moment | str, *, short: bool = False, after: Moment | None = None) -> Markup:
        """A moment in words, machine-readable where HTML can say it.

        `short` is for tables; with `after`, the end of a stretch of time that began then.
        """
        at = Moment.parse(moment) if isinstance(moment, str) else moment
        zone = self.entry.incident.zone if self.entry else UTC
        words = inert(dates.spell_end(after, at, zone) if after else dates.spell(at, zone, short=short))
        stamp = dates.machine(at)
        return Markup(f'<time datetime="{stamp}">') + words + Markup("</time>") if stamp else words

    def utc(self, moment: Moment) -> str:
        """The same moment in UTC, where it is known to the minute."""
        return dates.utc(moment, self.entry.incident.zone) if self.entry else ""

    def duration(self) -> str:
        """How long it lasted, if both ends are known to the minute."""
        return dates.spell_duration(self.entry.duration) if self.entry and self.entry.duration else ""

    def quantity(self, value: Value) -> Markup:
        """A figure in the words of its source."""
        text = Quantity.parse(value).text
        return inert("number not given" if text == "unknown" else text)

    def counted(self, figure: Figure) -> str:
        """Who is counted, in one line: in the short words of the vocabulary where there are some, else one by one."""
        for term in self.catalogue.schema.vocabularies["counts"].terms.values():
            if term.more["stands_for"] == figure.counts:
                return term.label[0].lower() + term.label[1:]
        fields = figure.item.block.by_name["counts"].fields
        return "; ".join(
            f"{each.title.lower()}: {self.term('counted', figure.counts[each.name]).label}" for each in fields
        )

    def show(self, field: Field, value: Value) -> Markup:
        """Any value as its field says: word, date, figure, link or plain text; lists joined, maps by their fields."""
        if field.many and isinstance(value, tuple):
            return Markup(", " if field.kind == "text" else "; ").join(self._one(field, each) for each in value)
        return self._one(field, value)

    def brief(self, field: Field, value: Value) -> Markup:
        """A value for fact box and table: words without what is said about them, and without those marked as past."""
        if not (field.many and field.short):
            return self.show(field, value)
        words = []
        for each in value:
            standing = self._standing(field, each)
            if standing is None or not standing.more.get("past"):
                word = self.show(field.by_name[field.short], each[field.short])
                caveat = standing.label.lower() if standing and standing.more.get("caveat") else ""
                words.append(word + (Markup(" ({})").format(inert(caveat)) if caveat else Markup("")))
        return Markup(", ").join(words)

    def _standing(self, field: Field, value: Mapping[str, Value]) -> Term | None:
        status = field.by_name.get("status")
        if status is None or status.vocabulary is None or "status" not in value:
            return None
        return self.term(status.vocabulary, value["status"])

    def _one(self, field: Field, value: Value) -> Markup:
        if isinstance(value, Mapping):
            return self._map(field, value)
        if isinstance(value, bool):
            return Markup("yes") if value else Markup("no")
        if value is None:
            return Markup("looked for, not found")
        if field.vocabulary:
            return self.word(field.vocabulary, value)
        if field.refers_to == "incidents":
            return self.incident(value)
        if field.refers_to == "sources":
            return self.mark(value)
        if field.refers_to:
            return Markup(f"[{inert(value)}](#{value})")
        formats: dict[str, Callable[..., Markup]] = {
            "moment": self.date,
            "date": self.date,
            "quantity": self.quantity,
            "prose": self.prose,
            "language": self.language,
        }
        if field.format == "url":
            return self.away(value, value)
        return formats.get(field.format or "", inert)(value)

    def _map(self, field: Field, value: Mapping[str, Value]) -> Markup:
        shown: set[str | None] = {"sources"}
        head = Markup("")
        if field.short:
            shown, head = {"sources", field.short}, self.show(field.by_name[field.short], value[field.short])
        elif field.voice and field.text:
            shown |= {"speaker", field.voice, field.text, field.date}
            when = Markup(", ") + self.date(value[field.date]) if field.date and field.date in value else Markup("")
            head = self._voice(field, value) + when + ": " + self.show(field.by_name[field.text], value[field.text])
        elif field.text:
            shown, head = {"sources", field.text}, self.show(field.by_name[field.text], value[field.text])
        rest = [each for each in field.fields if each.name in value and each.name not in shown]
        tail = Markup("; ").join(self._titled(each, value[each.name], alone=len(rest) == 1) for each in rest)
        text = head + (Markup(" (") + tail + ")" if head and tail else tail)
        return text + (self.marks(value["sources"]) if "sources" in value else Markup(""))

    def _titled(self, field: Field, value: Value, *, alone: bool) -> Markup:
        """A value with the title of its field before it, unless it speaks for itself."""
        speaks = alone or field.vocabulary or field.format == "prose"
        return (Markup("") if speaks else inert(field.title.lower()) + Markup(": ")) + self.show(field, value)

    def plain(self, text: str) -> Markup:
        """A prose text without its source marks, for another page than its own."""
        return inert(plain(text, limit=None))

    def text(self, item: Item) -> Markup:
        """What an item says: its main field."""
        name = item.block.text or ""
        return self.show(item.block.by_name[name], item.values[name])

    def headword(self, item: Item) -> Markup:
        """What kind of item it is, in the words of a timeline: `Killed, children`."""
        group = item.values.get("group")
        return self.label(item) + (Markup(", ") + inert(self.term("groups", group).label.lower()) if group else "")

    def ids(self, before: str, ids: Sequence[str]) -> Markup:
        """Links to items of this page by their ids, after a word; nothing if there are none."""
        links = Markup(", ").join(Markup(f"[{inert(id)}](#{id})") for id in ids)
        return Markup(before) + links if ids else Markup("")

    def pointing_at(self, item: Item) -> Iterator[tuple[str, Markup]]:
        """The items that point at this one, by the label of the link back."""
        assert self.entry
        by_label: dict[str, list[str]] = {}
        for label, id in self.entry.backlinks.get(item.id, ()):
            by_label.setdefault(label, []).append(id)
        for label, ids in by_label.items():
            yield label, Markup("; ").join(self._pointer(id) for id in ids)

    def _pointer(self, id: str) -> Markup:
        assert self.entry
        item = self.entry.incident.items[id]
        voice = Markup(", ") + self.voice(item) if item.block.voice and item.values.get(item.block.voice) else ""
        return Markup(f"[{self.headword(item)} {inert(id)}](#{id})") + voice

    def reply(self, item: Item) -> Markup:
        """The closed line of a guarded item: who answered it, or that no reply was found."""
        answers = [pointers for label, pointers in self.pointing_at(item)]
        return Markup("answered: ") + Markup("; ").join(answers) if answers else Markup("no reply found")

    def roles(self, mentions: Iterable[Mention]) -> Iterator[tuple[Markup, Markup]]:
        """What an incident names a word as, and where: `Figures, said by` with links to the items."""
        found: dict[str, list[Markup]] = {}
        for each in mentions:
            incident = self.catalogue.entries[each.incident].incident
            field = each.field.title
            if each.item is None:
                found.setdefault(field, []).append(self.link("record", f"incidents/{each.incident}"))
                continue
            item = incident.items[each.item]
            title = f"{item.block.title}, {field.lower()}"
            text = f"{self.headword(item).unescape()} {item.id}"
            found.setdefault(title, []).append(self.item(item, text))
        for title, links in found.items():
            yield inert(title), Markup(", ").join(dict.fromkeys(links))

    def language(self, tag: str) -> Markup:
        """The English name of a language."""
        return inert(Locale.parse(tag, sep="-").get_language_name("en") or tag)

    def kinds(self, source: Source) -> Markup:
        """What kind of source it is: publisher, distance, party, reliability."""
        values, parts = source.values, []
        for name, vocabulary in (("publisher_kind", "publisher_kinds"), ("distance", "distances")):
            if name in values:
                parts.append(self.word(vocabulary, values[name]))
        if values.get("party_to_event"):
            parts.append(Markup("party to the event"))
        if "reliability" in values:
            grade = self.term("reliability_grades", values["reliability"]["grade"])
            parts.append(inert(f"reliability {grade.label.lower()}: {values['reliability']['why']}"))
        return Markup("; ").join(parts) or Markup("kind not stated")
