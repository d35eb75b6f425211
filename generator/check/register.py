"""All files under the eyes of the rules: what one file must know of the others, indexed once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from generator.check.draft import Cited, Draft
from generator.model import Document, Path, normal_address

_K = TypeVar("_K")
_V = TypeVar("_V")


class Link(NamedTuple):
    """A relation as one file types it."""

    draft: Draft
    path: Path
    target: str


class Printed(NamedTuple):
    """A source in the file that writes it out."""

    draft: Draft
    source: Cited


@dataclass(frozen=True, eq=False)
class Register:
    """The files that fit the schema, the documents of all files, and the day of the check."""

    drafts: tuple[Draft, ...]
    documents: tuple[Document, ...]
    today: date

    @cached_property
    def by_id(self) -> Mapping[str, Draft]:
        """The drafts by their ids; of two with one id, the first."""
        return {draft.id: draft for draft in reversed(self.drafts)}

    @cached_property
    def ids(self) -> Mapping[str, Document]:
        """The first document of every id, whatever its case; a file that does not fit the schema counts too."""
        named = ((document.values.get("id"), document) for document in reversed(self.documents))
        return {id.casefold(): document for id, document in named if isinstance(id, str)}

    @cached_property
    def former(self) -> Mapping[str, tuple[tuple[Draft, Path], ...]]:
        """Where each former id is written."""
        return _grouped(
            (id, (draft, ("former_ids", index)))
            for draft in self.drafts
            for index, id in enumerate(draft.values.get("former_ids", ()))
        )

    @cached_property
    def addresses(self) -> Mapping[str, tuple[Printed, ...]]:
        """Every source that has an address, by that address."""
        return _grouped(
            (normal_address(source.values["csl"]["URL"]), Printed(draft, source))
            for draft in self.drafts
            for source in draft.sources
            if "URL" in source.values["csl"]
        )

    @cached_property
    def links(self) -> Mapping[tuple[str, str], tuple[Link, ...]]:
        """The relations of each type that each incident types; a merger is one of them."""
        return _grouped(((kind, link.draft.id), link) for draft in self.drafts for kind, link in _links(draft))

    @cached_property
    def loops(self) -> Mapping[str, tuple[tuple[str, Link, tuple[str, ...]], ...]]:
        """Every closed chain of relations that must have an end: type, closing link and ids, by the id it closes at."""
        kinds = dict.fromkeys(kind for kind, _ in self.links)
        return _grouped(
            (loop[-1], (kind, next(link for link in self.links[kind, loop[-1]] if link.target == loop[0]), loop))
            for kind in kinds
            if kind in ONE_WAY
            for loop in cycles(
                {id: [each.target for each in to] for (each, id), to in self.links.items() if each == kind}
            )
        )


MERGER = "merged-into"
ONE_WAY = ("part-of", "preceded-by", "duplicate-of", MERGER)


def _links(draft: Draft) -> Iterator[tuple[str, Link]]:
    for item in draft.block("relations"):
        yield item.values["type"], Link(draft, (*item.path, "target"), item.values["target"])
    if "merged_into" in draft.values:
        yield MERGER, Link(draft, ("merged_into",), draft.values["merged_into"])


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> Mapping[_K, tuple[_V, ...]]:
    found: dict[_K, list[_V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def cycles(edges: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """The closed chains of a graph: one for every edge by which a walk in depth comes back to where it has been."""
    done: set[str] = set()
    for root in edges:
        chain: dict[str, Iterator[str]] = {} if root in done else {root: iter(edges[root])}
        while chain:
            node, onward = next(reversed(chain.items()))
            target = next(onward, None)
            if target is None:
                done.add(node)
                del chain[node]
            elif target in chain:
                nodes = list(chain)
                yield tuple(nodes[nodes.index(target) :])
            elif target not in done:
                chain[target] = iter(edges.get(target, ()))
