"""What the history of a record tells, and what it never tells: small repositories of invented records."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess

import pytest

from generator import pipeline
from generator.check import check
from generator.derive import derive
from generator.derive.history import UNCOMMITTED
from generator.model import History
from generator.read import history as reading
from generator.read import read_history, read_incidents
from generator.render import PAGES, templates
from generator.render.views.history import LINES, NEWEST
from generator.resolve import relations, resolve
from tests.invented import SETTINGS, TODAY, catalogue, good_documents, register, schema

TOWN = "incidents/1999-example-town.yaml"
HALL = "incidents/2004-example-hall.yaml"
PATHS = [TOWN, HALL]
HOSTILE = 'Eve "<script>alert(1)</script>" \t[x](y)'


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """No settings of a person or a machine, and no repository above the folder of the test."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def root(tmp_path: pathlib.Path) -> pathlib.Path:
    """The invented register, committed once."""
    folder = register(tmp_path / "register")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "2026-01-05T10:00:00+00:00")
    return folder


def git(folder: pathlib.Path, *words: str, at: str = "2026-01-01T00:00:00+00:00", name: str = "Some One") -> str:
    who = {"NAME": name, "EMAIL": "some.one@example.org", "DATE": at}
    said = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    said["GIT_AUTHOR_DATE"] = "1999-09-09T00:00:00+00:00"  # when something was written is not when it came in
    done = subprocess.run(["git", *words], cwd=folder, env={**os.environ, **said}, capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


def commit(folder: pathlib.Path, at: str, name: str = "Some One") -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", f"Change by {name}", at=at, name=name)


def change(root: pathlib.Path, old: str, new: str, at: str = "2026-02-01T12:00:00+00:00", path: str = TOWN) -> None:
    """Commit a change of one record."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")
    commit(root, at)


def pages(root: pathlib.Path) -> dict[str, str]:
    """The pages of the incidents and that of all changes."""
    documents = read_incidents(root / "incidents", root).documents
    assert not [each for each in check(documents, schema(), TODAY) if each.level == "error"]
    incidents = resolve(documents, schema())
    history = read_history(root, [each.path for each in documents])
    found = derive(incidents, relations(incidents, schema()), schema(), SETTINGS, history=history)
    return {page.path: page.text for name in ("incidents", "changes") for page in PAGES[name](found, templates())}


def told(text: str) -> str:
    """What a reader sees of Markdown: no tags, no addresses of links."""
    words = re.sub(r"\]\([^)]*\)(\{[^}]*\})?|\[(?=\w)", "", re.sub(r"<[^>]*>", "", text))
    return re.sub(r"[ \t]+", " ", words.replace("&#91;", "[").replace("&#93;", "]"))


def history(root: pathlib.Path, id: str = "1999-example-town") -> str:
    """The section of the page of an incident, as a reader sees it."""
    page = pages(root)[f"incidents/{id}/index.md"]
    section = page.partition("{: #changelog }")[2].partition('<p class="notice"')[0]
    assert section
    return told(section)


FIGURE = (
    "  - {measure: killed, value: 143, as_of: 1999-01-04, said_by: example-police, sources: [s1]}\nsources:\n  - id: s1"
)


def test_the_first_revision_begins_the_record(root: pathlib.Path) -> None:
    said = history(root)
    assert "5 January 2026\n" in said and "Record begun, with 2 figures, 1 source\n" in said
    assert "Record begun, with 22 figures, 7 sources" in history(root, "2004-example-hall")


def test_a_figure_that_is_added_changed_and_removed_is_told_with_voice_and_date(root: pathlib.Path) -> None:
    change(root, "sources:\n  - id: s1", FIGURE, "2026-02-01T12:00:00+00:00")
    change(root, "value: 143", "value: 144", "2026-02-02T12:00:00+00:00")
    change(root, "value: 144, as_of: 1999-01-04", "value: 144, as_of: 1999-01-05", "2026-02-03T12:00:00+00:00")
    said = history(root)
    assert "\nk3 Killed: 143 added, Example Police, 4 January 1999\n" in said
    assert "\nk3 Killed: 143 → 144, Example Police, 4 January 1999\n" in said
    assert "k3 Killed: 144, Example Police, 5 January 1999; As of: 4 January 1999 → 5 January 1999\n" in said
    file = root / TOWN
    before = FIGURE.replace("value: 143, as_of: 1999-01-04", "value: 144, as_of: 1999-01-05")
    change(root, before, "sources:\n  - id: s1", "2026-02-04T12:00:00+00:00")
    assert "example-police" not in file.read_text(encoding="utf-8")
    assert "\nk3 Killed: 144 removed, Example Police, 5 January 1999\n" in history(root)


def test_what_is_newest_stands_first_and_days_are_those_of_the_edit_in_utc(root: pathlib.Path) -> None:
    change(root, "title: Example Town shooting", "title: Example Town attack", "2026-03-02T01:30:00+03:00")
    change(root, "value: 3,", "value: 4,", "2026-04-01T00:00:00+00:00")
    said = history(root)
    days = re.findall(r"^(\d+ \w+ 2026)$", said, re.MULTILINE)
    assert days == ["1 April 2026", "1 March 2026", "5 January 2026"]
    assert "Title: “Example Town shooting” → “Example Town attack”" in said
    assert "1999" not in re.sub(r"\nk1 [^\n]*", "", said)  # neither the event's date nor that of the writing


def test_words_that_are_written_freely_are_only_said_to_differ(root: pathlib.Path) -> None:
    change(root, "note: Of the first minutes.", "note: Of a secret name.", path=HALL)
    change(root, "sources: [times], note: Of a secret name.", "sources: [times]", path=HALL)
    change(root, "speaker: Ambassador\n", "speaker: Doe the Ambassador\n", path=HALL)
    change(root, "gist: Advised to stay away from halls.", "gist: Advised Doe to stay away.", path=HALL)
    change(root, "gist: Advised Doe to stay away.", "gist: Advised to stay away.", path=HALL)
    change(root, "speaker: Doe the Ambassador\n", "speaker: Ambassador\n", path=HALL)
    said = history(root, "2004-example-hall")
    assert "w1 Warnings before, Example Embassy, 20 May 2004: Gist reworded\n" in said
    assert "w1 Warnings before, Example Embassy, 20 May 2004: Speaker reworded\n" in said
    assert "Classification: " in said
    assert "Doe" not in said and "secret" not in said
    change(root, "note: Said at the first briefing.", "note: Doe", path=HALL)
    change(root, "note: It came out later.", "note: Doe", path=HALL)
    change(root, "URL: https://example.org/agency", "URL: https://example.org/doe", path=HALL)
    change(root, "acled: null", "acled: Jane Doe", path=HALL)
    change(root, "{kind: condolence, ", "{kind: condolence, note: Doe, ", path=HALL)
    said = history(root, "2004-example-hall")
    assert "Note reworded" in said and "Reference, Address changed" in said and "Ids elsewhere: ACLED changed" in said
    assert not re.search("doe", said, re.IGNORECASE)


def test_many_items_that_are_only_put_in_other_words_are_told_by_their_ids(root: pathlib.Path) -> None:
    file = root / HALL
    text = file.read_text(encoding="utf-8")
    many = re.sub(r"\bgist: (?=[A-Z])", "gist: Of note. ", text)
    change(root, text, many.replace("status: disputed, answers", "status: unverified, answers"), path=HALL)
    said = history(root, "2004-example-hall").partition("Record begun")[0]
    (line,) = re.findall(r"^In other words: (.*)$", said, re.MULTILINE)
    listed, _, more = line.removesuffix(" more").partition(" and ")
    ids = listed.split(", ")
    assert (
        {"c2", "w1", "t1"} <= set(ids) and "c3" not in ids and len(ids) == len(set(ids)) == 2 * LINES and int(more) > 1
    )
    assert re.search(r"\nc3 Denial[^\n]*: Status: Disputed → Unverified; Gist reworded", said), said
    assert not [each for each in ids if f"\n{each} " in said]


def test_of_an_edit_with_many_changes_some_are_told_and_the_others_counted(root: pathlib.Path) -> None:
    text = (root / HALL).read_text(encoding="utf-8")
    change(root, text, text.replace("sources: [times]", "sources: [times, verdict]"), path=HALL)
    said = history(root, "2004-example-hall").partition("Record begun")[0]
    assert len(re.findall(r"^.* (?:added|changed)$", said, re.MULTILINE)) == LINES
    assert re.search(r"^and \d+ more, kept in the repository$", said, re.MULTILINE)


def test_an_item_is_told_by_its_kind_and_voice_and_a_source_by_its_id(root: pathlib.Path) -> None:
    said = "type: attribution, by: example-court, made: 2005-03, status: disputed"
    claim = f"  - {{id: c9, {said}, gist: G., sources: [verdict]}}\n"
    change(root, "statements:\n", f"{claim}statements:\n", path=HALL)
    change(root, "made: 2005-03, status: disputed", "made: 2005-03, status: unverified", path=HALL)
    change(root, claim.replace("disputed", "unverified"), "", path=HALL)
    said = history(root, "2004-example-hall")
    assert "\nc9 added: Attribution, Example Court, March 2005\n" in said
    assert "\nc9 removed: Attribution, Example Court, March 2005\n" in said
    assert re.search(r"\nc9 Attribution, Example Court, March 2005: Status: Disputed → \w+", said)
    change(root, "sources:\n  - id: s1\n", "sources:\n  - id: s1\n    limits: Short\n")
    assert "\ns1 Example Times, 5 January 1999: Limits added\n" in history(root)


def test_another_form_of_the_same_words_is_no_change(root: pathlib.Path) -> None:
    change(root, "when: 1999-01-02", "when:\n  start: 1999-01-02\n", "2026-02-01T00:00:00+00:00")
    change(root, "- {measure: killed", "- # as before\n    {id: k1, measure: killed", "2026-02-02T00:00:00+00:00")
    change(root, "value: 3,", 'value: "3",', "2026-02-03T00:00:00+00:00")
    change(root, "summary: A man", "summary: |-\n  A\n  man", "2026-02-04T00:00:00+00:00")
    change(root, "created: 2026-01-01", "created: 2026-01-01, updated: 2026-02-05", "2026-02-05T00:00:00+00:00")
    said = history(root)
    assert "Record begun" in said and "February" not in said


def test_an_item_put_in_between_is_one_change_though_the_ids_after_it_shift(root: pathlib.Path) -> None:
    first = '  - {at: "2003", text: The hall was built., sources: [times]}\n'
    change(root, "timeline:\n", f"timeline:\n{first}", path=HALL)
    said = history(root, "2004-example-hall").partition("Record begun")[0]
    assert "e1 added: Timeline, voice not named" not in said
    assert len(re.findall(r"\ne\d+ ", said)) == 1 and "\ne1 added: Timeline, 2003\n" in said
    change(root, "context:\n", "context:\n  - {topic: demand, gist: Another one., sources: [times]}\n", path=HALL)
    said = history(root, "2004-example-hall")
    assert re.findall(r"\nx\d+ [^\n]*", said) == ["\nx1 added: Demand"]


def test_an_allegation_never_shows_what_was_said(root: pathlib.Path) -> None:
    change(root, "gist: Says that the police waited too long on purpose.", "gist: Says they took a bribe.", path=HALL)
    change(root, "quote: They waited on purpose.", "quote: They took it.", path=HALL)
    change(root, "verification: unproven", "verification: contradicted", path=HALL)
    change(root, "about: example-police\n", "about: example-court\n", path=HALL)
    found = pages(root)
    for text in (history(root, "2004-example-hall"), told(found["changes/index.md"])):
        assert not re.search(r"bribe|took it|on purpose", text)
        assert "Gist reworded" in text and "Verification: " in text
        assert "About changed" in text and "About: " not in text


def test_a_revision_that_cannot_be_read_is_said_and_the_next_is_compared_with_the_one_before(
    root: pathlib.Path,
) -> None:
    sound = (root / TOWN).read_text(encoding="utf-8")
    (root / TOWN).write_text("title: [\n", encoding="utf-8")
    commit(root, "2026-02-01T00:00:00+00:00")
    (root / TOWN).write_bytes(b"\xff\xfe\x00\x00" * 200_000)
    commit(root, "2026-02-02T00:00:00+00:00")
    (root / TOWN).unlink()
    (root / TOWN).symlink_to("title: Doe")
    commit(root, "2026-02-03T00:00:00+00:00")
    (root / TOWN).unlink()
    (root / TOWN).write_text(sound.replace("value: 3,", "value: 5,"), encoding="utf-8")
    commit(root, "2026-02-04T00:00:00+00:00")
    said = history(root)
    assert said.count("This revision could not be read") == 3
    assert "k1 Killed: 3 → 5, voice not named" in said and said.count("Record begun") == 1


def test_words_that_the_schema_no_longer_knows_are_left_out(root: pathlib.Path) -> None:
    sound = (root / TOWN).read_text(encoding="utf-8")
    old = sound.replace("measure: killed", "measure: slain").replace("as_of: 1999-01-05", "as_of: some day")
    (root / TOWN).write_text(old.replace("status: draft", "status: drafty, mood: Doe"), encoding="utf-8")
    commit(root, "2026-02-01T00:00:00+00:00")
    (root / TOWN).write_text(sound, encoding="utf-8")
    commit(root, "2026-02-02T00:00:00+00:00")
    said = history(root)
    assert not re.search("slain|drafty|mood|Doe", said)
    assert "Status changed" in said and "k1 Killed: 3 added, voice not named, 5 January 1999" in said


def test_a_record_that_was_gone_for_a_while_begins_anew(root: pathlib.Path) -> None:
    text = (root / TOWN).read_text(encoding="utf-8")
    (root / TOWN).unlink()
    commit(root, "2026-02-01T00:00:00+00:00")
    (root / TOWN).write_text(text, encoding="utf-8")
    commit(root, "2026-02-02T00:00:00+00:00")
    said = history(root)
    assert said.count("Record begun") == 2 and said.count("Record removed") == 1


def test_what_came_in_with_a_merge_is_one_edit_of_its_day(root: pathlib.Path) -> None:
    git(root, "checkout", "--quiet", "-b", "branch")
    change(root, "value: 3,", "value: 33,", "2026-02-01T00:00:00+00:00")
    change(root, "value: 33,", "value: 4,", "2026-02-02T00:00:00+00:00")
    git(root, "checkout", "--quiet", "main")
    change(root, "title: Example Town shooting", "title: Example Town attack", "2026-02-03T00:00:00+00:00")
    git(root, "merge", "--quiet", "--no-ff", "-m", "Merge", "branch", at="2026-02-04T00:00:00+00:00")
    said = history(root)
    assert "k1 Killed: 3 → 4, " in said and "33" not in said
    assert re.findall(r"^(\d+ February 2026)$", said, re.MULTILINE) == ["4 February 2026", "3 February 2026"]


def test_the_notes_of_the_editors_stand_with_what_they_explain_in_the_words_of_today(root: pathlib.Path) -> None:
    note = "\nchangelog:\n  - {date: 2026-02-01, by: Doe, kind: correction, what: A slip of Doe., refs: [k1]}\n"
    text = (root / TOWN).read_text(encoding="utf-8").replace("value: 3,", "value: 4,")
    (root / TOWN).write_text(text + note, encoding="utf-8")
    commit(root, "2026-02-01T00:00:00+00:00")
    said = history(root)
    assert re.search(
        r"1 February 2026\s+Correction, by Doe, 1 February 2026: A slip of Doe. \(k1\)\s+k1 Killed: 3 → 4", said
    )
    change(root, "by: Doe, kind: correction, what: A slip of Doe.", "by: editors, kind: correction, what: A slip.")
    said = history(root)
    assert "Doe" not in said and said.count("Correction, by editors") == 1
    assert re.search(r"Correction, by editors, [^\n]*\s+k1 Killed: 3 → 4", said)


def test_nobody_is_named_and_no_name_does_any_harm(root: pathlib.Path) -> None:
    for name in ("-oops.yaml", "line\nbreak.txt", ":100644 100644 a b M", HOSTILE.replace("/", "")):
        (root / "incidents" / name).write_bytes(b"\xff")
    commit(root, "2026-02-01T00:00:00+00:00", name=HOSTILE)
    for name in ("-oops.yaml", "line\nbreak.txt", ":100644 100644 a b M", HOSTILE.replace("/", "")):
        (root / "incidents" / name).unlink()
    commit(root, "2026-02-02T00:00:00+00:00", name=HOSTILE)
    change(root, "value: 3,", "value: 4,", "2026-02-03T00:00:00+00:00")
    found = pages(root)
    assert "k1 Killed: 3 → 4" in history(root)
    for text in found.values():
        assert not re.search(r"Some One|some\.one|Eve |oops|alert\(1\)", text)


def test_a_broken_time_is_still_a_time(root: pathlib.Path) -> None:
    change(root, "value: 3,", "value: 4,")
    tree = git(root, "rev-parse", "HEAD^{tree}").strip()
    who = "A <a@example.org> 99999999999999999 +0000"
    raw = f"tree {tree}\nauthor {who}\ncommitter {who}\n\nx\n".encode()
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"], cwd=root, input=raw, capture_output=True
    )
    git(root, "reset", "--quiet", "--hard", done.stdout.decode().strip())
    assert "Record begun" in history(root)


def test_settings_of_the_repository_run_nothing_and_hide_nothing(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    trap = tmp_path / "trap"
    (tmp_path / "run.sh").write_text(f"#!/bin/sh\ntouch {trap}\ncat\n", encoding="utf-8")
    (tmp_path / "run.sh").chmod(0o755)
    program = str(tmp_path / "run.sh")
    for name in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program", "diff.x.textconv", "diff.x.command"):
        git(root, "config", name, program)
    for name, value in (("log.showSignature", "true"), ("log.showRoot", "false"), ("log.follow", "true")):
        git(root, "config", name, value)
    git(root, "config", "diff.renames", "copies")
    (root / ".git" / "info" / "attributes").write_text("*.yaml diff=x filter=x\n", encoding="utf-8")
    assert len(read_history(root, PATHS).revisions[TOWN]) == 1
    assert not trap.exists()


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"])
def test_a_hook_of_another_repository_does_not_lead_astray(
    root: pathlib.Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "/nowhere")
    assert read_history(root, PATHS).available


def test_a_shallow_copy_says_that_it_lacks_the_history_and_where_that_is(root: pathlib.Path) -> None:
    change(root, "value: 3,", "value: 4,")
    shallow = root.parent / "shallow"
    git(root.parent, "clone", "--quiet", "--depth", "1", f"file://{root}", str(shallow))
    assert read_history(shallow, PATHS).missing == reading.SHALLOW
    found = pages(shallow)
    page = found["incidents/1999-example-town/index.md"]
    address = f"{SETTINGS.repo_url}/commits/main/{TOWN}"
    assert f"is not shown here: {reading.SHALLOW}." in page and f"]({address})" in page
    assert "Record begun" not in page and "3 → 4" not in page
    assert reading.SHALLOW in found["changes/index.md"]


def test_without_git_or_a_repository_the_pages_are_built_and_say_why_something_is_missing(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = register(tmp_path / "bare")
    assert read_history(bare, PATHS).missing == reading.NO_REPOSITORY
    said = history(bare, "2004-example-hall")
    assert reading.NO_REPOSITORY in said
    assert "Correction, by Editor Two, 3 January 2026: The date of the figure. (k5, k6)" in said
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not read_history(bare, PATHS).available
    assert read_history(bare, PATHS).missing == reading.NO_GIT
    assert reading.NO_GIT in history(bare)


def test_a_record_that_is_not_committed_yet_says_so_and_the_others_have_theirs(root: pathlib.Path) -> None:
    text = (root / TOWN).read_text(encoding="utf-8").replace("1999-example-town", "1999-example-village")
    (root / "incidents" / "1999-example-village.yaml").write_text(
        text.replace("three-dead", "three-dead-there"), encoding="utf-8"
    )
    assert UNCOMMITTED in history(root, "1999-example-village")
    assert "Record begun" in history(root)
    assert UNCOMMITTED in told(pages(root)["changes/index.md"])


def test_many_edits_are_folded_away_and_the_oldest_left_out(
    root: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(NEWEST + 5):
        change(root, f"value: {3 + number},", f"value: {4 + number},", f"2026-02-01T{number % 24:02}:00:00+00:00")
    page = pages(root)["incidents/1999-example-town/index.md"]
    assert "<summary>6 earlier edits</summary>" in page
    open_part, _, folded = page.partition("{: #changelog }")[2].partition("<summary>6 earlier edits</summary>")
    assert open_part.count('class="edited"') == NEWEST and folded.count('class="edited"') == 6
    assert "Older edits are not listed here" not in page
    monkeypatch.setattr(reading, "MOST", 10)
    page = told(pages(root)["incidents/1999-example-town/index.md"])
    assert "Older edits are not listed here" in page and "Record begun" not in page
    assert "Killed: 18 → 19" in page and "Killed: 17 → 18" not in page and "Killed: 27 → 28" in page


def test_the_page_of_changes_has_all_records_by_day_and_links_to_incident_and_item(root: pathlib.Path) -> None:
    change(root, "value: 3,", "value: 4,", "2026-02-02T08:00:00+00:00")
    change(root, "verification: unproven", "verification: contradicted", "2026-02-02T09:00:00+00:00", HALL)
    page = pages(root)["changes/index.md"]
    days = re.findall(r"\{: #day-([0-9-]+) \}", page)
    assert days == ["2026-02-02", "2026-01-05"]
    assert page.index("[Example Hall") < page.index("[k1](../incidents/1999-example-town/index.md#k1) Killed: 3 → 4")
    assert "](../incidents/1999-example-town/index.md)" in page and page.count("Record begun") == 5
    assert page == pages(root)["changes/index.md"]


def test_the_page_of_changes_ends_after_a_hundred(root: pathlib.Path) -> None:
    for number in range(100):
        change(root, f"value: {3 + number},", f"value: {4 + number},", f"2026-02-01T00:00:{number % 60:02}+00:00")
    page = pages(root)["changes/index.md"]
    assert page.count('class="edited"') == 100 and "Here are the newest changes" in page
    assert LINES < 100


def test_every_link_of_the_history_leads_to_something_on_the_page(root: pathlib.Path) -> None:
    change(root, "sources:\n  - id: s1", FIGURE)
    change(root, FIGURE, "sources:\n  - id: s1")
    change(root, "value: 3,", "value: 4,")
    page = pages(root)["incidents/1999-example-town/index.md"]
    section = page.partition("{: #changelog }")[2]
    for anchor in re.findall(r"\]\(#([^)\s]+)\)", section):
        assert f'id="{anchor}"' in page
    assert "](#k1)" in section and "](#k3)" not in section


def test_pieces_of_a_file_read_as_the_whole_does(root: pathlib.Path) -> None:
    odd = 'title: "a\nsummary: b"\nfigures:\n- {measure: killed}\n# c\n- {measure: injured}\n'
    (root / TOWN).write_text(odd, encoding="utf-8")
    commit(root, "2026-02-01T00:00:00+00:00")
    (root / TOWN).write_text("  title: a\n  summary: b\n", encoding="utf-8")
    commit(root, "2026-02-02T00:00:00+00:00")
    (root / TOWN).write_text("title: a\nsummary: b\ntitle: c\n", encoding="utf-8")
    commit(root, "2026-02-03T00:00:00+00:00")
    twice, indented, quoted, _ = read_history(root, [TOWN]).revisions[TOWN]
    assert indented.values == {"title": "a", "summary": "b"}
    assert quoted.values and quoted.values["title"] == "a summary: b"
    assert quoted.values["figures"] == ({"measure": "killed"}, {"measure": "injured"})
    assert twice.values is not None and twice.values["summary"] == "b"


def test_the_whole_way_reads_the_history_and_every_page_of_one_commit_is_the_same(root: pathlib.Path) -> None:
    once, again = (pipeline.build(root, SETTINGS, TODAY) for _ in range(2))
    assert once.sound and once.pages == again.pages
    assert "Record begun" in next(page.text for page in once.pages if page.path == "changes/index.md")


def test_nothing_is_said_of_a_history_that_nobody_asked_for() -> None:
    entries = catalogue(good_documents(), schema()).entries
    assert all(entry.edits is None for entry in entries.values())
    assert History(missing="x").available is False
