"""Every rule speaks where it should, in our very words, and is silent where the mistake is mended.

A case is a folder in `bad/`: the smallest register that has the mistake, `expected.txt` with all that the check says of
it, and `sound/` with the mended files. A folder bears the name of its rule and may say more after it.
`pytest tests/test_check.py --update` writes the expected lines anew.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterable
from dataclasses import replace

import pytest

from generator.check import CHECKS, Rule, check
from generator.check.place import inside
from generator.check.register import cycles
from generator.check.words import sentences
from generator.model import Document, Path, Problem, Schema, Value, freeze
from generator.read import load
from tests.invented import TODAY, schema

ROOT = pathlib.Path(__file__).parents[1]
BAD = ROOT / "tests" / "bad"
CASES = sorted(path for path in BAD.iterdir() if path.is_dir())


def documents(*folders: pathlib.Path) -> tuple[Document, ...]:
    """The files of the folders under their bare names; a later folder’s file takes the place of an earlier one’s."""
    files = {path.name: path for folder in folders for path in folder.glob("*.yaml")}
    return tuple(document_of(path.read_bytes(), name) for name, path in sorted(files.items()))


def document_of(text: bytes, name: str) -> Document:
    document, problems = load(text, name)
    assert document
    assert {problem.rule for problem in problems} <= {"one-line"}  # blanks at the ends are refused by the reader too
    return document


def problems_of(*folders: pathlib.Path) -> tuple[Problem, ...]:
    return check(documents(*folders), schema(), TODAY)


def printed(problems: Iterable[Problem]) -> str:
    return "".join(f"{problem}\n" for problem in problems)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_mistake_is_told_in_these_words(case: pathlib.Path, update: bool) -> None:
    found = problems_of(case)
    expected = case / "expected.txt"
    if update:
        expected.write_text(printed(found), encoding="utf-8")
    assert printed(found) == expected.read_text(encoding="utf-8")
    assert any(f"{case.name}-".startswith(f"{problem.rule}-") for problem in found)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_nothing_is_told_when_it_is_mended(case: pathlib.Path) -> None:
    assert printed(problems_of(case, case / "sound")) == ""


@pytest.mark.parametrize("rule", CHECKS, ids=lambda rule: rule.name)
def test_every_rule_has_a_case_and_a_reason(rule: Rule) -> None:
    assert any(f"{case.name}-".startswith(f"{rule.name}-") for case in CASES)
    assert rule.sentence.endswith(".") and rule.why


def test_rules_have_one_number_each_and_stand_in_its_order() -> None:
    numbers = [rule.number for rule in CHECKS]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    "junk", [None, "", "x", "K1", -1, 3.5, True, (), ("x", "x"), {}, {"x": None}, 10**30], ids=repr
)
def test_whatever_a_file_says_it_is_told_and_never_raises(junk: Value) -> None:
    sound = documents(BAD / "43-allegation-without-reply" / "sound")[0]
    for path in (*sound.places, *(("sources", 0, "csl", key) for key in ("issued", "DOI"))):
        values = freeze(put(sound.values, path, junk))
        assert all(each.isprintable() for each in map(str, check([replace(sound, values=values)], schema(), TODAY)))


def put(values: Value, path: Path, junk: Value) -> Value:
    """A copy of `values` with `junk` at `path`."""
    if not path:
        return junk
    key, rest = path[0], path[1:]
    if isinstance(key, int):
        return [put(each, rest, junk) if index == key else each for index, each in enumerate(values)]
    return {**values, key: put(values.get(key), rest, junk)}


def test_a_file_that_does_not_fit_keeps_its_id() -> None:
    town = b"id: 1999-example-town\ntitle: 1\n"
    village = (BAD / "8-unknown-incident" / "sound" / "1999-example-town.yaml").read_bytes()
    village = village.replace(b"1999-example-town", b"1999-example-hamlet").replace(b"example-village", b"example-town")
    files = (document_of(town, "1999-example-town.yaml"), document_of(village, "1999-example-hamlet.yaml"))
    assert {each.path for each in check(files, schema(), TODAY)} == {"1999-example-town.yaml"}


def test_a_chain_of_a_thousand_records_is_followed_to_its_end() -> None:
    links = {str(number): (str(number + 1),) for number in range(5000)}
    assert list(cycles(links)) == []
    assert list(cycles({**links, "5000": ("4998",)})) == [("4998", "4999", "5000")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Three died [s1].", 1),
        ("Three died. [s1] Two were hurt [s2].", 2),
        ("Mr. Example and J. Doe spoke in St. Example at 19.58 [s1].", 1),
        ("It cost 1.5 million [s1]; “No more.” is what he said [s2]! Then it was over [s1, s2]…", 2),
        ("Взрыв был утром [s1]. Погибли трое [s2].", 2),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, count: int) -> None:
    assert len(list(sentences(text))) == count


def test_a_box_may_cross_the_180th_meridian() -> None:
    fiji = [176.6, -21.8, -177.8, -12.2]
    assert inside(-18.1, 178.4, fiji) and inside(-16.8, -179.9, fiji) and not inside(-18.1, 0, fiji)
    assert not inside(18.1, 178.4, fiji)


@pytest.mark.parametrize("when", ["2026-11-23T00:30+13:00", "2026-11-22/..", "2026", "2026-11"])
def test_it_may_already_be_tomorrow_elsewhere(when: str) -> None:
    assert not [each for each in problems_with(figures=[figure(as_of=when)]) if each.rule.startswith("15-")]


def test_a_later_end_of_an_interval_is_in_the_future_too() -> None:
    assert [each.rule for each in problems_with(figures=[figure(as_of="2026-11-20/2026-11-24")])] == RULE_15


def told_of_a_falling(measure: str) -> list[str]:
    falling = [figure(measure=measure, value=value, said_by="example-police") for value in (9, 4)]
    return [each.rule for each in problems_with(figures=falling, record={"status": "review", "created": "2026-01-01"})]


def test_a_measure_that_the_vocabulary_lets_fall_may_fall() -> None:
    assert told_of_a_falling("killed") == ["29-fall-without-a-note", "39-counts-missing", "39-counts-missing"]
    assert told_of_a_falling("missing") == ["39-counts-missing", "39-counts-missing"]


def test_a_measure_that_says_who_is_counted_needs_no_counts() -> None:
    assert told_of_a_falling("attackers") == ["29-fall-without-a-note"]


RULE_15 = ["15-date-in-the-future", "17-source-older-than-its-fact"]


def figure(**changes: Value) -> Value:
    plain = {"measure": "killed", "value": 3, "as_of": "1999-01-05", "said_by": None, "sources": ["s1"]}
    return {**plain, **changes}


def problems_with(using: Schema | None = None, /, **changes: Value) -> tuple[Problem, ...]:
    """The problems of a sound record after `changes` to its top level."""
    sound = documents(BAD / "1-unknown-source" / "sound")[0]
    return check([replace(sound, values=freeze({**sound.values, **changes}))], using or schema(), TODAY)
