"""Rules 25 to 31, 37, 39 and 66: each figure by itself, and as a part of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.draft import Draft
from generator.check.register import Register
from generator.check.rule import Finding, rule
from generator.check.tally import Figure, figures, quantity

_CAPACITY = re.compile(
    r"\b(capacity|could hold|can hold|holds up to|could seat|can seat|seats|seating|seater|room for|sold[- ]out)\b",
    re.IGNORECASE,
)


@rule(25)
def range_upside_down(draft: Draft, register: Register) -> Iterator[Finding]:
    """A range goes from the lower number to the higher one.

    `50-40` may be a slip of the keys for `40-50` or for `50-60`; only the source can say.
    """
    for field, path, value in draft.leaves:
        read = quantity(value) if field.format == "quantity" else None
        if (
            read
            and read.qualifier == "range"
            and read.low is not None
            and read.high is not None
            and read.low > read.high
        ):
            remedy = f"write {read.high}-{read.low} if the source says so"
            yield Finding(path, f"{value} goes from the higher number to the lower one", remedy)


@rule(26)
def negative_figure(draft: Draft, register: Register) -> Iterator[Finding]:
    """No figure is below zero.

    A figure counts people or things. A correction downwards is a new figure with the lower number, not a difference.
    """
    for field, path, value in draft.leaves:
        if field.format == "quantity" and str(value).startswith("-"):
            yield Finding(
                path, f"{value} is below zero", "write the number that the source gives; a lower total is a new figure"
            )


@rule(27)
def part_above_total(draft: Draft, register: Register) -> Iterator[Finding]:
    """A part is not larger than the total it is a part of.

    Found when even the least that the part can mean is more than the most that the total can mean.
    """
    by_id = {each.id: each for each in figures(draft)}
    for part in by_id.values():
        total = by_id.get(part.item.values.get("breakdown_of", ""))
        if total and part.least > total.most:
            of = f"{total.value.text} of “{total.id}” (line {draft.line(total.path)})"
            message = f"{part.value.text} is more than the total {of}"
            yield Finding((*part.path, "value"), message, "correct a number, or name the total that it is a part of")


@rule(66)
def part_without_a_name(draft: Draft, register: Register) -> Iterator[Finding]:
    """A figure that is a part of another says which part: a group, or some of the places.

    Without it the part would stand beside the total as if it counted everybody, and widen the range in the fact box.
    """
    for item in draft.block("figures"):
        if "breakdown_of" in item.values and "group" not in item.values and "places" not in item.values:
            message = f"“{item.id}” is a part of “{item.values['breakdown_of']}” and does not say which"
            remedy = "add “group”, or “places”, or take “breakdown_of” out"
            yield Finding((*item.path, "breakdown_of"), message, remedy)


@rule(29, "warning")
def fall_without_a_note(draft: Draft, register: Register) -> Iterator[Finding]:
    """Where a voice lowers its own figure, a note says why.

    A toll can fall: names were counted twice, or body parts were first taken for different people. Without a note a
    reader cannot tell a correction from a slip. Measures that fall by their nature, such as people missing, are
    marked in the vocabulary.
    """
    falls = {id for id, term in draft.schema.vocabularies["measures"].terms.items() if term.more.get("falls")}
    last: dict[object, Figure] = {}
    for each in figures(draft):
        if not each.voice or each.series.measure in falls or each.value.qualifier == "unknown":
            continue
        earlier = last.get((each.series, each.voice))
        last[each.series, each.voice] = each
        if earlier and earlier.as_of.known and each.most < earlier.least and "note" not in each.item.values:
            before = f"{earlier.value.text} of {earlier.as_of.text} (line {draft.line(earlier.path)})"
            message = f"{each.value.text} is lower than the same voice’s {before}"
            yield Finding((*each.path, "value"), message, "say in a note why it fell, or correct a number")


@rule(30)
def headline_without_ground(draft: Draft, register: Register) -> Iterator[Finding]:
    """A figure is put into the fact box by hand only with a reason, and only while it stands.

    The fact box follows a published rule. Who overrules it says why, and does not bring back a figure that was
    replaced.
    """
    for each in figures(draft):
        if "headline" not in each.item.values:
            continue
        if "headline_reason" not in each.item.values:
            remedy = "say why in “headline_reason”, or take “headline” out"
            yield Finding((*each.path, "headline"), "the headline has no reason", remedy)
        if each.superseded:
            remedy = "take “headline” out, or put it at the figure that stands"
            yield Finding((*each.path, "headline"), "the figure has been replaced by a later one", remedy)


@rule(31, "warning")
def exact_while_breaking(draft: Draft, register: Register) -> Iterator[Finding]:
    """In the first hours no number is exact.

    In a record of stage breaking a bare number should be looked at twice: sources then mostly say «at least» or
    «about», and the word is easily lost.
    """
    if draft.values["record"].get("stage") == "breaking":
        for each in figures(draft):
            if each.value.exact and each.value.low:
                remedy = f"write “at least {each.value.text}” or “about {each.value.text}” if the source does"
                yield Finding(
                    (*each.path, "value"), f"{each.value.text} is exact, and the record is of stage breaking", remedy
                )


@rule(37, "warning")
def capacity_as_figure(draft: Draft, register: Register) -> Iterator[Finding]:
    """How many a place can hold is no figure of how many were there.

    Found where the quoted words of a figure speak of seats or capacity. A capacity belongs under context.
    """
    for item in draft.block("figures"):
        found = _CAPACITY.search(item.values.get("quote", ""))
        if found:
            message = f"the quote speaks of a capacity (“{found[0]}”)"
            yield Finding((*item.path, "quote"), message, "move it to “context” with the topic venue-capacity")


@rule(39)
def counts_missing(draft: Draft, register: Register) -> Iterator[Finding]:
    """Every figure of a record in review or published says who is counted.

    «170 dead» may be 129 hostages and 41 attackers. Where the source does not say, `counts: unknown` says that.
    Measures that name their people, such as attackers, are marked in the vocabulary and need no counts.
    """
    plain = {id for id, term in draft.schema.vocabularies["measures"].terms.items() if term.more.get("counts") is False}
    for item in draft.block("figures") if draft.finished else ():
        if "counts" not in item.values and item.values["measure"] not in plain:
            remedy = "write “counts: victims-only”, another word of that vocabulary, or “counts: unknown”"
            yield Finding(item.path, "the figure does not say who is counted", remedy)
