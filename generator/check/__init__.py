"""Documents in, problems out: does every file fit the schema, and does every rule hold?

`CHECKS` names every rule in one place. To add a rule, write a small generator whose docstring is the rule, name it
here, and put a register with the mistake into `tests/bad/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from generator.check import contradictions, figures, place, references, relations, when, words
from generator.check.draft import Draft
from generator.check.register import Register
from generator.check.rule import Finding, Rule, rule
from generator.check.shape import shape_problems
from generator.model import Document, Problem, Schema

__all__ = ["CHECKS", "Draft", "Finding", "Register", "Rule", "check", "rule"]

CHECKS: tuple[Rule, ...] = (
    references.unknown_source,
    references.unused_source,
    references.same_address_twice,
    references.unknown_item,
    references.repeated_id,
    references.id_is_not_the_file_name,
    references.former_id_is_taken,
    relations.unknown_incident,
    relations.relation_to_itself,
    relations.relation_typed_twice,
    relations.chain_without_end,
    relations.merged_with_figures,
    when.end_before_start,
    when.as_of_before_start,
    when.date_in_the_future,
    when.supersedes_a_later_figure,
    when.source_older_than_its_fact,
    when.accessed_before_issued,
    when.after_the_start,
    when.before_the_start,
    when.verdict_before_charge,
    when.offset_of_another_zone,
    when.id_of_another_year,
    when.order_against_the_dates,
    figures.range_upside_down,
    figures.negative_figure,
    figures.part_above_total,
    figures.fall_without_a_note,
    figures.headline_without_ground,
    figures.exact_while_breaking,
    contradictions.killed_equals_injured,
    contradictions.two_live_figures_of_one_voice,
    contradictions.unmarked_contradiction,
    contradictions.more_attackers_killed_than_there_were,
    contradictions.more_hostages_out_than_in,
    figures.capacity_as_figure,
    contradictions.fewer_injured_than_killed,
    figures.counts_missing,
    place.point_outside_the_country,
    place.decimals_beyond_the_precision,
    place.building_without_a_name,
    words.allegation_without_reply,
    words.accused_without_accuser,
    words.sentence_without_source,
    words.source_without_language,
    words.published_without_review,
    references.link_to_nothing,
    figures.part_without_a_name,
)


def check(documents: Sequence[Document], schema: Schema, today: date) -> tuple[Problem, ...]:
    """Every problem of every file, in the order of files, lines and columns.

    The rules look at the files that fit the schema; a file that does not is named by what does not fit, and still
    counts as the owner of its id.
    """
    misfits = shape_problems(documents, schema)
    drafts = tuple(Draft(document, schema) for document, found in zip(documents, misfits, strict=True) if not found)
    register = Register(drafts, tuple(documents), today)
    found = [problem for problems in misfits for problem in problems]
    found += (problem for draft in drafts for each in CHECKS for problem in each.problems(draft, register))
    return tuple(sorted(map(_printable, found)))


def _printable(problem: Problem) -> Problem:
    """The problem in one line: what a file says is shown in messages, and a line break in it must not end them."""
    if problem.message.isprintable() and problem.remedy.isprintable():
        return problem
    return replace(problem, message=_escaped(problem.message), remedy=_escaped(problem.remedy))


def _escaped(text: str) -> str:
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
