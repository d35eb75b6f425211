"""What the template of one page may call: links, values, and here what an item of a block is and says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model import Figure, Item, Mention, Source
from generator.render.text import front_matter, inert
from generator.render.values import Values


def head(title: str, description: str, *, wide: bool = False) -> Markup:
    """The front matter of a page. The tabs lead everywhere, so the side navigation gives its room to the text.

    `wide` also gives that of the table of contents.
    """
    hide = ["navigation", "toc"] if wide else ["navigation"]
    return Markup(front_matter(title=title, description=description, hide=hide))


@dataclass(frozen=True)
class Sheet(Values):
    """One page being filled. What a method prints is safe in a Markdown paragraph, list item or table cell."""

    def voice(self, item: Item) -> Markup:
        """Who speaks in an item, with the person who spoke for them."""
        return self.voice_of(item.block, item.values)

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

    def counted(self, figure: Figure) -> str:
        """Who is counted, in one line: in the short words of the vocabulary where there are some, else one by one."""
        for term in self.catalogue.schema.vocabularies["counts"].terms.values():
            if term.more["stands_for"] == figure.counts:
                return term.label[0].lower() + term.label[1:]
        fields = figure.item.block.by_name["counts"].fields
        return "; ".join(
            f"{each.title.lower()}: {self.term('counted', figure.counts[each.name]).label}" for each in fields
        )

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
