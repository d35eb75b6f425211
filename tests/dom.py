"""HTML as a browser would see it: a tree of elements with attributes and text, for tests that ask about pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(eq=False)
class Element:
    """One element. `text` is all text within it, as written."""

    tag: str
    attributes: dict[str, str]
    above: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    @property
    def words(self) -> str:
        """The text with single blanks, as it is shown."""
        return " ".join(self.text.split())

    def walk(self) -> Iterator[Element]:
        """Every element within it, in the order of the page."""
        for each in self.children:
            if isinstance(each, Element):
                yield each
                yield from each.walk()

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """The elements within it that bear one of the names and these attributes."""
        return [
            each
            for each in self.walk()
            if (not tags or each.tag in tags) and all(each.attributes.get(k) == v for k, v in attributes.items())
        ]

    def one(self, *tags: str, **attributes: str) -> Element:
        """The only such element."""
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    def within(self, tag: str) -> bool:
        """Whether it stands in an element of that name."""
        return self.above is not None and (self.above.tag == tag or self.above.within(tag))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {}, self.open)
        for name, value in attrs:
            element.attributes.setdefault(name, value or "")
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        here: Element | None = self.open
        while here is not None and here.tag != tag:
            here = here.above
        if here is not None and here.above is not None:
            self.open = here.above

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def parse(html: str) -> Element:
    """The tree of a page."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
