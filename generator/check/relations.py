"""Rules 8 to 12: what incidents say of one another, and chains that must have an end."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.draft import Draft
from generator.check.register import ONE_WAY, Register, cycles
from generator.check.rule import Finding, rule
from generator.model import Leaf, nearest

_CHAINS = ("breakdown_of", "repeats", "supersedes")  # fields that lead from item to item and must come to an end


def _named_incidents(draft: Draft) -> Iterator[Leaf]:
    return (leaf for leaf in draft.leaves if leaf.field.refers_to == "incidents")


@rule(8)
def unknown_incident(draft: Draft, register: Register) -> Iterator[Finding]:
    """Every incident that a record names is in the register.

    A relation is shown on both pages, so both must exist.
    """
    for _, path, id in _named_incidents(draft):
        if id in register.former:
            now = register.former[id][0][0].id
            yield Finding(path, f"“{id}” is a former id", f"write “{now}”")
        elif id.casefold() not in register.ids:
            offer = nearest(id, register.by_id) or "write the record first, or describe the other event in words"
            yield Finding(path, f"there is no incident “{id}” in the register", offer)


@rule(9)
def relation_to_itself(draft: Draft, register: Register) -> Iterator[Finding]:
    """A record names other incidents, not its own.

    Nothing is compared with itself, part of itself or merged into itself.
    """
    for _, path, id in _named_incidents(draft):
        if id == draft.id:
            yield Finding(path, "this is the id of the record itself", "name the other incident, or take the entry out")


@rule(10)
def relation_typed_twice(draft: Draft, register: Register) -> Iterator[Finding]:
    """A connection is typed once, at one of its two ends.

    The other end is shown by itself. Typed twice it is shown twice, and the two would come to differ. This holds for
    relations between incidents and for `disputed_by` between figures. Two voices that each draw a connection are two:
    each then stands under its own name in `by`.
    """
    seen: dict[tuple[str, str, str], int] = {}
    for item in draft.block("relations"):
        kind, target, by = item.values["type"], item.values["target"], item.values.get("by", "")
        line = draft.line(item.path)
        if seen.setdefault((kind, target, by), line) != line:
            message = f"“{kind}” “{target}” is typed in line {seen[kind, target, by]} already"
            yield Finding((*item.path, "type"), message, "keep one of the two")
        elif kind not in ONE_WAY and target < draft.id:
            for link in register.links.get((kind, target), ()):
                if link.target == draft.id:
                    message = f"“{kind}” with “{target}” is typed in {link.draft.at(link.path)} already"
                    yield Finding(
                        (*item.path, "type"), message, "keep it at one end; the other page shows it by itself"
                    )
    figures = draft.block("figures")
    disputes = {(item.id, other): item for item in figures for other in item.values.get("disputed_by", ())}
    for (id, other), item in disputes.items():
        there = disputes.get((other, id))
        if there and there.path < item.path:
            message = f"line {draft.line(there.path)} says already that “{other}” is disputed by “{id}”"
            yield Finding((*item.path, "disputed_by"), message, "write it at one end only")


@rule(11)
def chain_without_end(draft: Draft, register: Register) -> Iterator[Finding]:
    """A chain of incidents or figures has an end: nothing is part of, after, a duplicate of or replaced by itself.

    This holds for the relations part-of, preceded-by and duplicate-of and for merged_into, from record to record; and
    for supersedes, breakdown_of and repeats, from item to item.
    """
    for kind, link, loop in register.loops.get(draft.id, ()):
        if len(loop) > 1:
            chain = " → ".join((loop[-1], *loop))
            yield Finding(link.path, f"“{kind}” leads round in a circle: {chain}", "take out the link that is wrong")
    for name in _CHAINS:
        edges = {item.id: _targets(item.values.get(name, ())) for item in draft.items if name in item.values}
        for loop in cycles(edges):
            chain = " → ".join((loop[-1], *loop))
            path = (*draft.by_id[loop[-1]].path, name)
            yield Finding(path, f"“{name}” leads round in a circle: {chain}", "take out the link that is wrong")


def _targets(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


@rule(12)
def merged_with_figures(draft: Draft, register: Register) -> Iterator[Finding]:
    """A merged record has no figures of its own.

    Its figures stand in the record that replaced it; here they would be counted twice.
    """
    if draft.status == "merged" and draft.values.get("figures"):
        remedy = "move them to the record that replaced it, and write “figures: none-reported”"
        yield Finding(("figures",), "the record is merged and still has figures", remedy)
