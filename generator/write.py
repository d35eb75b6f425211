"""Pages in, a folder out. The only stage besides `read` and `publish` that touches disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.model import Page

OURS = "api/v1/incidents.json"  # a file that is in every folder we write, and in hardly any other


def write(pages: Iterable[Page], folder: Path) -> None:
    """Write the pages below `folder`, making the folders they need. Two pages of one path are an error of ours."""
    seen: set[str] = set()
    for page in pages:
        if page.path in seen:
            raise ValueError(f"two pages would be written to {page.path}")
        seen.add(page.path)
        target = folder / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.text, encoding="utf-8", newline="\n")


def replace(folder: Path, make: Callable[[Path], None]) -> None:
    """Let `make` fill a new folder beside `folder`, and put it in its place once it is whole; else nothing changes.

    Raises FileExistsError for a folder whose files are not ours to lose: one that is not empty and lacks `OURS`, or a
    working copy of Git.
    """
    folder = folder.resolve()  # what a link points at is replaced, not the link
    if folder.is_dir() and any(folder.iterdir()) and ((folder / ".git").exists() or not (folder / OURS).is_file()):
        raise FileExistsError(f"{folder} holds files of another origin; name another folder, or empty this one first")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        new, old = Path(beside) / "new", Path(beside) / "old"
        make(new)
        try:
            if folder.exists():
                folder.rename(old)
            new.rename(folder)
        except BaseException:
            if old.exists():
                old.rename(folder)
            raise


def copy(folder: Path, to: Path, *, leave: Callable[[Path], bool]) -> None:
    """Copy all files of `folder` but those that `leave` picks out."""
    for source in sorted(folder.rglob("*")):
        if source.is_file() and not leave(source):
            target = to / source.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
