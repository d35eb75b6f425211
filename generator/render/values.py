"""Values in words, each as its field in the schema says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC

from babel import Locale
from markupsafe import Markup

from generator.model import SETTLEMENT, Field, Moment, Point, Quantity, Term, Value
from generator.render import dates
from generator.render.links import Links
from generator.render.text import inert, plain, prose


@dataclass(frozen=True)
class Values(Links):
    """A page that can show any value of a record."""

    def prose(self, text: str) -> Markup:
        """A prose field: its source marks and links become links, all else is shown letter for letter."""
        return prose(text, lambda id: self.mark(id) if self._knows(id) else None, self.reference)

    def _knows(self, source: str) -> bool:
        return self.entry is not None and source in self.entry.incident.sources

    def plain(self, text: str) -> Markup:
        """A prose text without its source marks, for another page than its own."""
        return inert(plain(text, limit=None))

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

    def point(self, value: Mapping[str, Value]) -> Markup:
        """Coordinates as they are spoken, and what they stand for."""
        at = Point(value["lon"], value["lat"], value["precision"])
        note = self.term("precisions", at.precision).more.get("note", "")
        words = inert(at.coordinates) + Markup(", ") + self.word("precisions", at.precision)
        marks = self.marks(value["sources"]) if "sources" in value else Markup("")
        return words + (Markup(": ") + inert(note) if note else Markup("")) + marks

    def language(self, tag: str) -> Markup:
        """The English name of a language."""
        return inert(Locale.parse(tag, sep="-").get_language_name("en") or tag)

    def voice_of(self, field: Field, values: Mapping[str, Value]) -> Markup:
        """Who speaks in a map of values, with the person who spoke for them."""
        speaker = values.get("speaker")
        actor = values.get(field.voice or "")
        who = self.word("actors", actor) if actor else Markup("voice not named")
        return who + (Markup(" (") + inert(speaker) + ")" if speaker else Markup(""))

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
        if field.format == "point":
            return self.point(value)
        if isinstance(value, Mapping):
            return self._map(field, value)
        if isinstance(value, bool):
            return Markup("yes") if value else Markup("no")
        if value is None:
            return Markup("looked for, not found")
        if field.vocabulary:
            return self.word(field.vocabulary, value)
        if field.name == SETTLEMENT and self.entry:
            return self.settlement(self.entry.incident.values["where"]["country"], value)
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
            head = self.voice_of(field, value) + when + ": " + self.show(field.by_name[field.text], value[field.text])
        elif field.text:
            shown, head = {"sources", field.text}, self.show(field.by_name[field.text], value[field.text])
        rest = [each for each in field.fields if each.name in value and each.name not in shown]
        tail = Markup("; ").join(self._titled(each, value[each.name], alone=len(rest) == 1) for each in rest)
        hindsight = Markup('<span class="now"> ({})</span>' if all(each.known == "now" for each in rest) else " ({})")
        text = head + (hindsight.format(tail) if head and tail else tail)
        return text + (self.marks(value["sources"]) if "sources" in value else Markup(""))

    def _titled(self, field: Field, value: Value, *, alone: bool) -> Markup:
        """A value with the title of its field before it, unless it speaks for itself."""
        speaks = alone or field.vocabulary or field.format == "prose"
        return (Markup("") if speaks else inert(field.title.lower()) + Markup(": ")) + self.show(field, value)
