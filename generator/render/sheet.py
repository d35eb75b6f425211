"""What the template of one page may call: links, values, and here what an item of a block is and says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model import Figure, Item, Moment, Series, Source
from generator.render import dates
from generator.render.text import front_matter, inert
from generator.render.values import Values


def head(title: str, description: str, *, wide: bool = False, rank: int = 1) -> Markup:
    """The front matter of a page. The tabs lead everywhere, so the side navigation gives its room to the text.

    `wide` also gives that of the table of contents. In search results a page of a higher `rank` comes first; one of
    rank 0 repeats what others say and is not found.
    """
    hide = ["navigation", "toc"] if wide else ["navigation"]
    search = {"exclude": True} if rank == 0 else {"boost": rank} if rank > 1 else None
    return Markup(front_matter(title=title, description=description, hide=hide, search=search))


@dataclass(frozen=True)
class Sheet(Values):
    """One page being filled. What a method prints is safe in a Markdown paragraph, list item or table cell."""

    def voice(self, item: Item) -> Markup:
        """Who speaks in an item, with the person who spoke for them."""
        return self.voice_of(item.block, item.values)

    def body(self, item: Item) -> Markup:
        """Who speaks in an item, without the person: for lists and tables."""
        return self.voice_of(item.block, {**item.values, "speaker": None})

    def label(self, item: Item) -> Markup:
        """The word that says what kind of item it is, or the heading of its block."""
        field = item.block.by_name[item.block.label] if item.block.label else None
        if field is None or field.vocabulary is None:
            return inert(item.block.one or item.block.title)
        return inert(self.term(field.vocabulary, item.values[field.name]).label)

    def guarded(self, item: Item) -> bool:
        """Whether the item is of a kind that is shown closed, never in a title, table, timeline or search result."""
        field = item.block.by_name[item.block.label] if item.block.label else None
        return bool(
            field and field.vocabulary and self.term(field.vocabulary, item.values[field.name]).more.get("guarded")
        )

    def counted(self, figure: Figure) -> str:
        """Who is counted, in one line: in the short words of the vocabulary where there are some, else one by one.

        Nothing where the measure says it by itself, as that of attackers does.
        """
        field = figure.item.block.by_name.get("counts")
        if field is None or field.vocabulary is None or figure.measure.more.get("counts") is False:
            return ""
        for term in self.catalogue.schema.vocabularies[field.vocabulary].terms.values():
            if term.more["stands_for"] == figure.counts:
                return term.label[0].lower() + term.label[1:]
        return "; ".join(
            f"{each.title.lower()}: {self.term(each.vocabulary or '', figure.counts[each.name]).label}"
            for each in field.fields
        )

    def range(self, series: Series) -> str:
        """`range 130–174`, `range at least 800 to 916`; empty where all figures that stand say the same."""
        if series.range is None:
            return ""
        low, high = series.range
        between = "–" if low.exact and high.exact else " … "
        return f"range {low.text}{between}{high.text}" if low != high else ""

    def known(self, part: str, of: str | None = None) -> Markup:
        """The attribute that says from when on a part of this incident, or of another, could be known; empty: now."""
        entry = self.catalogue.entries[of] if of else self.entry
        assert entry
        at = entry.known.get(part)
        return Markup(f' data-known="{dates.stamp(at, entry.incident.zone) if at else ""}"')

    def text(self, item: Item) -> Markup:
        """What an item says: its main field."""
        name = item.block.text or ""
        return self.show(item.block.by_name[name], item.values[name])

    def says(self, item: Item) -> Markup:
        """What an item says where it stands among others: its main field, who else is counted, and what happened."""
        said, happened = self.text(item), item.values.get("gist") if item.block.view == "places" else None
        return said + self._with(item) + (Markup(". ") + self.prose(happened) if happened else "")

    def _with(self, item: Item) -> Markup:
        """Of a figure, that it counts those who are counted apart elsewhere, unless its measure is about them."""
        label, counts = item.block.by_name.get(item.block.label or ""), item.values.get("counts", {})
        measure = self.term(label.vocabulary, item.values[label.name]) if label and label.vocabulary else None
        if not counts or (measure and measure.more.get("counts") is False):
            return Markup("")
        fields = [each for each in item.block.by_name["counts"].fields if each.apart]
        included = [inert(each.title.lower()) for each in fields if counts.get(each.name) == "included"]
        return Markup("").join(Markup("; {} counted").format(each) for each in included)

    def headword(self, item: Item) -> Markup:
        """What kind of item it is, in the words of a timeline: `Killed, children`."""
        group = item.values.get("group")
        places = self.catalogue.entries[item.incident].incident.items
        parts = [
            self.label(item),
            *([inert(self.term("groups", group).label.lower())] if group else []),
            *(inert(places[each].values["name"]) for each in item.values.get("places", ())),
        ]
        return Markup(", ").join(parts)

    def ids(self, before: str, ids: Sequence[str]) -> Markup:
        """Links to items of this page by their ids, after a word; nothing if there are none."""
        links = Markup(", ").join(Markup(f"[{inert(id)}](#{id})") for id in ids)
        return Markup(before) + links if ids else Markup("")

    def pointing_at(self, item: Item, shown: Sequence[str] = ()) -> Iterator[tuple[str, Markup]]:
        """The items that point at this one, by the label of the link back, but for those that are shown with it."""
        assert self.entry
        by_label: dict[str, list[str]] = {}
        for label, id in self.entry.backlinks.get(item.id, ()):
            if id not in shown:
                by_label.setdefault(label, []).append(id)
        for label, ids in by_label.items():
            yield label, self._pointers(ids)

    def _pointers(self, ids: Iterable[str]) -> Markup:
        """Links to items, each with what parts it from the one before, so that a script can hide one of them."""
        between = Markup('<span class="part">; </span>')
        return Markup("").join(
            Markup('<span class="pointer">{}{}</span>').format(between if position else "", self._pointer(id))
            for position, id in enumerate(ids)
        )

    def _pointer(self, id: str) -> Markup:
        assert self.entry
        item = self.entry.incident.items[id]
        voice = Markup(", ") + self.voice(item) if item.block.voice and item.values.get(item.block.voice) else ""
        return self.item(item, self.headword(item) + " " + id) + voice

    def reply(self, item: Item) -> Markup:
        """The closed line of a guarded item: who answered it, or that no reply was found."""
        assert self.entry
        items = self.entry.incident.items
        pointing = dict.fromkeys(id for _, id in self.entry.backlinks.get(item.id, ()))
        answers = [id for id in pointing if item.id in items[id].values.get("answers", ())]
        replied = Markup('<span class="replied">answered: {}</span><span class="then" hidden>answered later</span>')
        elsewhere = self.here != f"incidents/{self.entry.incident.id}/index.md"
        replied = Markup("answered: {}") if elsewhere else replied
        return replied.format(self._pointers(answers)) if answers else Markup("no reply found")

    def day(self, text: str) -> str:
        """The date of a source in words alone: lists of a hundred sources have no room for more."""
        return dates.spell(Moment.parse(text))

    def identifiers(self, source: Source) -> Markup:
        """By what else than an address a source can be found: its number, shelf mark, DOI, ISBN."""
        csl = source.values["csl"]
        titles = {"number": "No. {}", "medium": "{}", "call-number": "Shelf mark {}", "ISBN": "ISBN {}"}
        parts = [Markup(title).format(inert(csl[name])) for name, title in titles.items() if name in csl]
        if "DOI" in csl:
            parts.append(self.away(f"doi:{csl['DOI']}", f"https://doi.org/{csl['DOI']}"))
        return Markup("").join(Markup(" ") + part + "." for part in parts)

    def kinds(self, source: Source) -> Markup:
        """What kind of source it is: publisher, distance, party, reliability."""
        values, parts = source.values, []
        for name, vocabulary in (("publisher_kind", "publisher_kinds"), ("distance", "distances")):
            if name in values:
                parts.append(inert(self.term(vocabulary, values[name]).label))
        if values.get("party_to_event"):
            parts.append(Markup("party to the event"))
        if "reliability" in values:
            grade = self.term("reliability_grades", values["reliability"]["grade"])
            parts.append(inert(f"reliability {grade.label.lower()}: {values['reliability']['why']}"))
        return Markup("; ").join(parts) or Markup("kind not stated")
