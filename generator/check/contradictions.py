"""Rules 32 to 36 and 38: figures against one another."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.draft import Draft
from generator.check.register import Register
from generator.check.rule import Finding, rule
from generator.check.tally import Figure, live


def _of(draft: Draft, measure: str, group: str | None = None) -> list[Figure]:
    """The figures of a measure, at all places, that stand and have a number."""
    wanted = (measure, group, ())
    return [each for each in live(draft) if each.series[:3] == wanted and each.value.qualifier != "unknown"]


@rule(32, "warning")
def killed_equals_injured(draft: Draft, register: Register) -> Iterator[Finding]:
    """The same exact number for killed and injured on one day is looked at twice.

    It happens, but more often one number was copied into the other’s place.
    """
    exact = [[each for each in _of(draft, measure) if each.value.exact] for measure in ("killed", "injured")]
    killed = {(each.least, each.as_of.text[:10]): each for each in exact[0] if each.least}
    for each in exact[1]:
        twin = killed.get((each.least, each.as_of.text[:10]))
        if twin:
            there = f"line {draft.line(twin.path)}"
            message = f"{each.value.text} injured, and {twin.value.text} killed on the same day ({there})"
            yield Finding((*each.path, "value"), message, "look at the source; if both are right, leave them")


@rule(33, "warning")
def two_live_figures_of_one_voice(draft: Draft, register: Register) -> Iterator[Finding]:
    """A voice has one figure that stands: what it says of the same people at different times is one series.

    Figures of one voice replace one another by their dates. Where a date is unknown it does not say which figure is the
    newer one; `supersedes` does.
    """
    seen: dict[object, Figure] = {}
    for each in live(draft):
        if each.voice:
            earlier = seen.setdefault((each.series, each.voice), each)
            if earlier is not each:
                message = (
                    f"“{each.voice}” has another figure that stands, “{earlier.id}” (line {draft.line(earlier.path)})"
                )
                remedy = "name the one that it replaces in “supersedes”, or give the date that is unknown"
                yield Finding(each.path, message, remedy)


@rule(34)
def unmarked_contradiction(draft: Draft, register: Register) -> Iterator[Finding]:
    """Where two voices contradict each other and neither figure is replaced, one of the two says so.

    Two figures contradict when no number fits both: of one measure, group and place, by different voices, and alike in
    whether attackers are counted. In a draft this is a warning.
    """
    level = "warning" if draft.status == "draft" else None
    standing: dict[object, list[Figure]] = {}
    for each in live(draft):
        earlier = standing.setdefault((*each.series[:3], each.series.attackers), [])
        against = [one for one in earlier if _contradict(one, each)]
        earlier.append(each)
        if against:
            others = " and ".join(f"{one.value.text} of “{one.id}” (line {draft.line(one.path)})" for one in against)
            ids = ", ".join(one.id for one in against)
            remedy = f"write “supersedes: [{ids}]” if it replaces them, else “disputed_by: [{ids}]”"
            yield Finding((*each.path, "value"), f"{each.value.text} contradicts {others}", remedy, level)


def _contradict(one: Figure, other: Figure) -> bool:
    same_voice = one.voice is not None and one.voice == other.voice
    said = other.id in one.named("disputed_by") or one.id in other.named("disputed_by")
    return not same_voice and not said and not one.value.overlaps(other.value)


@rule(35, "note")
def more_attackers_killed_than_there_were(draft: Draft, register: Register) -> Iterator[Finding]:
    """No more attackers are killed than took part.

    Found when the least of the attackers killed is more than the most of the attackers; then one number may be of
    somebody else.
    """
    present = _of(draft, "attackers")
    for each in _of(draft, "attackers-killed"):
        if present and each.least > max(one.most for one in present):
            last = present[-1]
            message = f"{each.value.text} attackers killed, {last.value.text} present (line {draft.line(last.path)})"
            yield Finding((*each.path, "value"), message, "look at the sources; say in a note how the two go together")


@rule(36)
def more_hostages_out_than_in(draft: Draft, register: Register) -> Iterator[Finding]:
    """Hostages freed and hostages killed are together not more than the hostages taken.

    Only exact figures that stand are compared, and of each kind the one that fits best.
    """
    taken, freed, killed = (
        [each for each in found if each.value.exact and each.value.low is not None]
        for found in (_of(draft, "hostages"), _of(draft, "freed"), _of(draft, "killed", "hostages"))
    )
    if taken and freed and killed:
        most = max(taken, key=lambda one: one.most)
        out = min(each.most for each in freed) + min(each.most for each in killed)
        if out > most.most:
            message = f"{most.value.text} hostages were taken, and {out:.0f} freed or killed"
            yield Finding((*most.path, "value"), message, "correct a number, or say «about» where the source does")


@rule(38, "note")
def fewer_injured_than_killed(draft: Draft, register: Register) -> Iterator[Finding]:
    """From ten killed upwards, fewer injured than killed is looked at twice.

    It is common enough to be no more than a note; now and then the two numbers were exchanged.
    """
    killed, injured = _of(draft, "killed"), _of(draft, "injured")
    least = min((each.least for each in killed), default=0)
    if least >= 10 and injured and max(one.most for one in injured) < least:
        last = injured[-1]
        message = f"{last.value.text} injured is less than the {least} killed"
        yield Finding((*last.path, "value"), message, "look at the sources; if both are right, leave them")
