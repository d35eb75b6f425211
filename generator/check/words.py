"""Rules 43 to 45, 56 and 58: what is owed to those who are spoken of, and to those who read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.draft import Draft
from generator.check.register import Register
from generator.check.rule import Finding, rule

_MARKS = r"(?:\s*\[[a-z][a-z0-9, -]*\])"
_CLOSING = r"[\"'”’»)]*"
_END = re.compile(rf"[.!?…]+{_CLOSING}{_MARKS}*(?=\s+[^\sa-zа-я]|\s*\Z)")
_MARKED = re.compile(rf"\[[a-z][a-z0-9, -]*\][.!?…\s]*{_CLOSING}\Z")
_NO_END = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Maj|Capt|Lt|Sgt|Sen|Rep|No|approx|cf|vs))\.\Z")


@rule(43)
def allegation_without_reply(draft: Draft, register: Register) -> Iterator[Finding]:
    """An allegation carries the reply of those it is about, or says that none was found.

    It never stands alone: accuser, verification, those it is about and sources are required by the schema; the reply
    is an item of its own that names the allegation in `answers`.
    """
    answered = {id for item in draft.items for id in item.values.get("answers", ())}
    for item in draft.block("statements"):
        if item.values["kind"] == "allegation" and "reply" not in item.values and item.id not in answered:
            remedy = f"add the reply as an item with “answers: {item.id}”, or write “reply: not-found”"
            yield Finding(item.path, f"nothing answers the allegation “{item.id}”", remedy)


@rule(44)
def accused_without_accuser(draft: Draft, register: Register) -> Iterator[Finding]:
    """Nobody is called accused without saying by whom.

    The accuser stands in `said_by`, or in a claim of the same file that blames the accused.
    """
    blamed = {
        actor
        for item in draft.block("claims")
        if item.values["type"] in ("attribution", "claim-of-responsibility")
        for actor in item.values.get("blames", ())
    }
    for item in draft.block("actors"):
        if item.values["role"] == "accused" and "said_by" not in item.values and item.values["actor"] not in blamed:
            remedy = "name the accuser in “said_by”, or add the claim that blames this actor"
            yield Finding((*item.path, "role"), f"nobody is named who accuses “{item.values['actor']}”", remedy)


@rule(45)
def sentence_without_source(draft: Draft, register: Register) -> Iterator[Finding]:
    """Each sentence of the summary ends with the mark of its source.

    The summary is read and quoted alone. In a draft this is a note, in a record in review or published an error.
    """
    level = None if draft.finished else "note"
    for sentence in sentences(draft.values["summary"]):
        if not _MARKED.search(sentence):
            start = sentence if len(sentence) <= 40 else f"{sentence[:40].rsplit(' ', 1)[0]} …"
            yield Finding(
                ("summary",), f"no source stands at the end of “{start}”", "end it with a mark such as [s1]", level
            )


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each with its closing quotes and marks. Initials and a few abbreviations end none."""
    begin = 0
    for match in _END.finditer(text):
        if not _NO_END.search(text[begin : match.end()]):
            yield text[begin : match.end()].strip()
            begin = match.end()
    if text[begin:].strip():
        yield text[begin:].strip()


@rule(56)
def source_without_language(draft: Draft, register: Register) -> Iterator[Finding]:
    """Every source says in which language it is.

    A reader knows then what to expect, and a title is read out rightly. In a draft this is a note.
    """
    level = None if draft.finished else "note"
    for path, values in draft.sources:
        if "language" not in values["csl"]:
            message = f"the source “{values['id']}” does not say its language"
            yield Finding((*path, "csl"), message, "add “language”, such as en or ru", level)


@rule(58)
def published_without_review(draft: Draft, register: Register) -> Iterator[Finding]:
    """A published record was checked by another person than its author.

    The author is who made the change of the kind created. The reviewer held every item against its source.
    """
    if draft.status != "published":
        return
    record = draft.values["record"]
    if "reviewed" not in record:
        yield Finding(
            ("record", "status"),
            "the record is published and nobody has reviewed it",
            "set the status to review, or add “reviewed”",
        )
        return
    reviewer = record["reviewed"]["by"]
    authors = {each["by"].casefold() for each in draft.values.get("changelog", ()) if each["kind"] == "created"}
    if reviewer.casefold() in authors:
        message = f"“{reviewer}” wrote the record and reviewed it"
        yield Finding(("record", "reviewed", "by"), message, "let another person review it")
