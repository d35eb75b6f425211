"""A folder is replaced as a whole or not at all, and only one that is ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.export import EXPORTS
from generator.model import Page
from generator.write import OURS, copy, replace, write


def make(text: str) -> Callable[[Path], None]:
    return lambda folder: write([Page("index.md", text), Page(OURS, "{}")], folder)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that we wrote."""
    replace(tmp_path / "out", make("old"))
    return tmp_path / "out"


def is_as_it_was(out: Path) -> bool:
    """Whether the folder is the old one and nothing stands beside it."""
    return files(out) == {"index.md": "old", OURS: "{}"} and [path.name for path in out.parent.iterdir()] == ["out"]


def test_pages_are_written_with_the_folders_they_need(tmp_path: Path) -> None:
    write([Page("a/b/index.md", "é\n"), Page("c.json", "{}")], tmp_path)
    assert (tmp_path / "a/b/index.md").read_bytes() == "é\n".encode()
    assert files(tmp_path) == {"a/b/index.md": "é\n", "c.json": "{}"}


def test_two_pages_of_one_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"two pages would be written to a\.md"):
        write([Page("a.md", "1"), Page("a.md", "2")], tmp_path)


def test_a_new_folder_takes_the_place_of_the_old_one(out: Path) -> None:
    (out / "gone.md").write_text("of last time")
    replace(out, make("new"))
    assert files(out) == {"index.md": "new", OURS: "{}"}
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_the_folder_and_those_above_it_are_made(tmp_path: Path) -> None:
    replace(tmp_path / "a" / "b", make("new"))
    assert files(tmp_path / "a" / "b")["index.md"] == "new"


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_the_old_folder_stays_when_the_new_one_cannot_be_made(out: Path, stop: type[BaseException]) -> None:
    def half(folder: Path) -> None:
        write([Page("index.md", "half")], folder)
        raise stop

    with pytest.raises(stop):
        replace(out, half)
    assert is_as_it_was(out)


def test_the_old_folder_stays_when_nothing_was_made(out: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace(out, lambda folder: None)
    assert is_as_it_was(out)


@pytest.mark.parametrize("stop", [OSError, KeyboardInterrupt])
def test_the_old_folder_comes_back_when_the_new_one_cannot_take_its_place(
    out: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise stop
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(stop):
        replace(out, make("new"))
    assert is_as_it_was(out)


def test_nothing_is_left_when_there_was_no_folder_and_it_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace(tmp_path / "out", lambda folder: None)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    replace(tmp_path / "out", make("new"))
    assert files(tmp_path / "out")["index.md"] == "new"


@pytest.mark.parametrize("theirs", ["thesis.txt", ".hidden", "api/v1/other.json"])
def test_files_of_another_origin_are_never_lost(tmp_path: Path, theirs: str) -> None:
    write([Page(theirs, "mine")], tmp_path / "out")
    made: list[Path] = []
    with pytest.raises(FileExistsError, match="holds files of another origin; name another folder"):
        replace(tmp_path / "out", made.append)
    assert files(tmp_path / "out") == {theirs: "mine"}
    assert made == []


def test_a_working_copy_is_never_lost_even_of_pages_of_ours(out: Path) -> None:
    (out / ".git").write_text("gitdir: elsewhere")
    with pytest.raises(FileExistsError):
        replace(out, make("new"))
    assert files(out)["index.md"] == "old"


def test_what_a_link_points_at_is_replaced(out: Path) -> None:
    link = out.parent / "link"
    link.symlink_to(out)
    replace(link, make("new"))
    assert link.is_symlink() and files(out)["index.md"] == "new"


def test_what_marks_a_folder_as_ours_is_in_every_one() -> None:
    assert OURS in EXPORTS


def test_a_copy_leaves_out_what_is_asked(tmp_path: Path) -> None:
    write([Page("index.md", "1"), Page("assets/a.css", "é"), Page("assets/deep/b.svg", "3")], tmp_path / "docs")
    copy(tmp_path / "docs", tmp_path / "to", leave=lambda path: path.suffix == ".md")
    assert files(tmp_path / "to") == {"assets/a.css": "é", "assets/deep/b.svg": "3"}
