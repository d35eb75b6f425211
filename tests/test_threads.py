"""Who said what: each statement once, and below it what answers it."""

from __future__ import annotations

from typing import Any

from generator.derive import derive
from generator.model import Value
from generator.render.sheet import Sheet
from generator.render.views import threads
from tests import invented

SAID = {"by": "example-police", "gist": "Says something.", "sources": ["s1"]}


def said(id: str, kind: str = "account", **more: Value) -> dict[str, Value]:
    return {"id": id, "kind": kind, **SAID, **more}


def told(block: str, **blocks: Value) -> list[threads.Thread]:
    """The threads that begin in a block of a small record with such blocks."""
    incident = invented.resolved(invented.minimal(**blocks))
    schema = invented.schema()
    catalogue = derive((incident,), {}, schema, invented.SETTINGS)
    sheet = Sheet(catalogue, f"incidents/{incident.id}/index.md", catalogue.entries[incident.id])
    data: Any = threads.threads(sheet, schema.by_name[block], ())
    return list(data["threads"])


def outline(found: list[threads.Thread] | tuple[threads.Thread, ...]) -> list[Any]:
    return [each.item.id if not each.replies else (each.item.id, outline(each.replies)) for each in found]


WARNING = {
    "id": "w1",
    "by": "example-embassy",
    "issued": "1998-12-20",
    "gist": "Warns of an attack.",
    "specificity": "general",
    "sources": ["s1"],
}


def test_a_reply_stands_below_what_it_answers_and_nowhere_else() -> None:
    statements = [said("t1"), said("t2", "denial", answers=["t1"]), said("t3", "denial", answers=["t2"])]
    assert outline(told("statements", statements=statements)) == [("t1", [("t2", ["t3"])])]


def test_the_dismissal_of_a_warning_stands_below_the_warning() -> None:
    blocks = {"warnings": [WARNING], "statements": [said("t1", "dismissal", answers=["w1"]), said("t2")]}
    assert outline(told("warnings", **blocks)) == [("w1", ["t1"])]
    assert outline(told("statements", **blocks)) == ["t2"]


def test_an_answer_to_several_stands_below_the_first_that_is_not_closed() -> None:
    allegation = said("t1", "allegation", about=["example-front"], verification="unproven")
    statements = [allegation, said("t2"), said("t3", "denial", answers=["t1", "t2"])]
    found = told("statements", statements=statements)
    assert outline(found) == ["t1", ("t2", ["t3"])]
    assert "Answers" in [row.title for row in found[1].replies[0].rest]


def test_a_reply_does_not_say_again_what_its_place_says() -> None:
    found = told("statements", statements=[said("t1"), said("t2", "denial", answers=["t1"])])
    assert "Answers" not in [row.title for row in found[0].replies[0].rest]
    assert found[0].below == ("t2",)


def test_two_that_answer_each_other_and_one_that_answers_itself_lose_nobody() -> None:
    statements = [said("t1", answers=["t2"]), said("t2", answers=["t1"]), said("t3", answers=["t3"])]
    assert outline(told("statements", statements=statements)) == [("t2", ["t1"]), "t3"]


def test_threads_stand_in_order_of_time_and_undated_ones_last() -> None:
    statements = [said("t1"), said("t2", made="1999-03-01"), said("t3", made="1999-02-01")]
    assert outline(told("statements", statements=statements)) == ["t3", "t2", "t1"]


def test_an_answer_to_a_figure_begins_a_thread_of_its_own() -> None:
    figures = [{**invented.figure(3), "id": "k1"}]
    assert outline(told("statements", figures=figures, statements=[said("t1", answers=["k1"])])) == ["t1"]
