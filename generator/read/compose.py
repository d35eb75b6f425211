"""One pass over the events of a YAML text gives values and places, and refuses what other programs read differently."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import yaml

from generator.model import Document, Path, Place, Problem, Value
from generator.read import characters
from generator.read.characters import short
from generator.read.limits import Limits
from generator.read.plain import AMBIGUITIES, resolve
from generator.read.syntax import syntax_problem

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_PROBLEMS = 100  # of one file; after so many, mending the first ones comes first
QUOTE = "put it in quotes: "


class _Stop(Exception):
    """The rest of the file is not worth reading, or cannot be trusted."""


@dataclass(slots=True)
class _Open:
    """A map or list that has begun. Without a path it is inside something refused and is kept nowhere."""

    values: Any  # dict or list
    path: Path | None
    mapping: bool
    count: int = 0
    key: str | None = None  # of the value that comes next, when that is kept
    keyed: bool = False  # a key has been read, its value has not
    as_key: bool = False  # the whole map or list stands where a key should


@dataclass(slots=True)
class _Composer:
    path: str
    limits: Limits
    problems: list[Problem] = field(default_factory=list)
    places: dict[Path, Place] = field(default_factory=dict)
    key_places: dict[Path, Place] = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)
    nodes: int = 0
    documents: int = 0
    root: Value = None

    def read(self, text: str) -> None:
        """Take in the events as the parser finds them, so that depth and size are known before they can hurt."""
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.NodeEvent):
                self.node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.close()
            elif isinstance(event, yaml.DocumentStartEvent):
                self.document(event)

    def say(self, event: yaml.Event, rule: str, message: str, remedy: str) -> None:
        line, column = _place(event)
        self.problems.append(Problem(self.path, line, column, rule, message, remedy))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _Stop

    def stop(self, event: yaml.Event, rule: str, message: str, remedy: str) -> None:
        self.say(event, rule, message, remedy)
        raise _Stop

    def document(self, event: yaml.Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop(
                event, "multi-document", "a second document begins here", "keep one record in a file; remove “---”"
            )

    def node(self, event: Any) -> None:
        """A scalar, a map, a list or an alias: as a key, or as the value of a key or an item."""
        self.count(event)
        parent = self.open[-1] if self.open else None
        is_key = parent is not None and parent.mapping and not parent.keyed
        self.refuse_indirection(event)
        if isinstance(event, yaml.CollectionStartEvent):
            self.open_collection(event, parent, is_key)
        elif parent is not None and is_key:
            self.key(event, parent)
        else:
            self.attach(parent, self.scalar(event), self.at(event, parent))

    def count(self, event: yaml.Event) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            self.stop(event, "too-many", f"the file has more than {self.limits.nodes:,} keys and values", "shorten it")
        if not self.open:
            return
        parent = self.open[-1]
        if not parent.keyed:
            parent.count += 1
        if parent.count > self.limits.items:
            what = "map" if parent.mapping else "list"
            self.stop(event, "too-many", f"this {what} has more than {self.limits.items:,} entries", "shorten it")

    def refuse_indirection(self, event: Any) -> None:
        """Tags, anchors and aliases: each makes the file mean something that is not written where it is read."""
        if isinstance(event, yaml.AliasEvent):
            self.say(
                event,
                "alias",
                f"“*{short(str(event.anchor))}” points elsewhere",
                "write the value out, here and there",
            )
        elif event.anchor is not None:
            remedy = "remove it, and write the value out wherever it is needed; a text that begins with & needs quotes"
            self.say(event, "alias", f"“&{short(event.anchor)}” names a value to be pointed at", remedy)
        elif event.tag is not None:
            remedy = "remove it; a text that begins with ! needs quotes"
            self.say(event, "tag", f"“{short(event.tag)}” is a type tag, and none is ever followed", remedy)

    def at(self, event: yaml.Event, parent: _Open | None) -> Path | None:
        """The path of the value that begins here, once its place is noted; None when it is kept nowhere."""
        if parent is None:
            path: Path = ()
        elif parent.path is None or (parent.mapping and parent.key is None):
            return None
        else:
            path = (*parent.path, parent.key if parent.key is not None else len(parent.values))
        self.places[path] = _place(event)
        return path

    def open_collection(self, event: yaml.Event, parent: _Open | None, is_key: bool) -> None:
        if len(self.open) >= self.limits.depth:
            remedy = "a record is never this deep; look for a bracket too many"
            self.stop(event, "too-deep", f"more than {self.limits.depth} maps and lists inside one another", remedy)
        if is_key:
            self.say(event, "key", "a map or list cannot be a key", "write the key as one word")
        path = None if is_key else self.at(event, parent)
        mapping = isinstance(event, yaml.MappingStartEvent)
        self.open.append(_Open({} if mapping else [], path, mapping, as_key=is_key))

    def close(self) -> None:
        done = self.open.pop()
        parent = self.open[-1] if self.open else None
        if parent is not None and done.as_key:
            parent.keyed = True
            return
        self.attach(parent, MappingProxyType(done.values) if done.mapping else tuple(done.values), done.path)

    def attach(self, parent: _Open | None, value: Value, path: Path | None) -> None:
        if parent is None:
            self.root = value
        elif not parent.mapping:
            parent.values.append(value)
        else:
            if path is not None:
                parent.values[parent.key] = value
            parent.key, parent.keyed = None, False

    def key(self, event: Any, parent: _Open) -> None:
        """A key must be text, and new to its map; the value of a refused one is still read for its own mistakes."""
        parent.keyed, parent.key = True, None
        if isinstance(event, yaml.AliasEvent):
            return
        word: str = event.value
        if not event.style:
            if word == "<<":
                self.say(event, "merge-key", "“<<” takes keys from elsewhere", "write the keys out")
                return
            value, ambiguity = resolve(word)
            if ambiguity or not isinstance(value, str):
                said = f"the key “{short(word)}” is not plain text" if word else "there is no key before “:”"
                self.say(event, "key", said, f'{QUOTE}"{short(word)}"' if word else "write the name of a field")
                return
        elif event.style in "|>" or not word:
            said = "a key cannot be a block of text" if word else "the key is empty"
            self.say(event, "key", said, "write the name of a field")
            return
        word = self.text(event, word)
        if word in parent.values:
            first = self.key_places.get((*parent.path, word)) if parent.path is not None else None
            where = f"; the first is on line {first.line}" if first else ""
            self.say(
                event, "duplicate-key", f"the key “{short(word)}” is here a second time{where}", "keep one of the two"
            )
            return
        parent.key = word
        if parent.path is not None:
            self.key_places[*parent.path, word] = _place(event)

    def scalar(self, event: Any) -> Value:
        if isinstance(event, yaml.AliasEvent):
            return None
        if event.style:
            return self.text(event, event.value)
        value, ambiguity = resolve(event.value)
        if ambiguity:
            why, instead = AMBIGUITIES[ambiguity]
            word = short(event.value)
            self.say(event, "ambiguous", f"“{word}” {why}", f'{instead}; if it is text, {QUOTE}"{word}"')
        return self.text(event, value) if isinstance(value, str) else value

    def text(self, event: Any, text: str) -> str:
        """A text as it is kept: the line break that ends a block belongs to the notation."""
        block = event.style in ("|", ">")
        if block:
            text = text.rstrip("\n")
        character = characters.refused_in_value(text) if event.style == '"' else None
        if character is not None:
            self.say(event, "character", f"the text holds {characters.describe(character)}", "remove it, or replace it")
            text = characters.clean_value(text)
        if not text.isascii() and not unicodedata.is_normalized("NFC", text):
            remedy = f"type it as {short(unicodedata.normalize('NFC', text))} (normal form NFC)"
            self.say(event, "not-nfc", "a letter is put together from parts, so that searches miss it", remedy)
        if text != text.rstrip() or (not block and text != text.lstrip()):
            self.say(event, "one-line", "the text begins or ends with a blank", "remove the blanks at its ends")
        return text


def compose(text: str, path: str, limits: Limits) -> tuple[Document | None, list[Problem]]:
    """The document in `text`, and every problem with it. `text` holds no refused character and no tab.

    There is a document whenever the top is a map that was read to its end; one with problems can be checked for more.
    """
    composer = _Composer(path, limits)
    try:
        composer.read(text)
    except _Stop:
        return None, composer.problems
    except yaml.YAMLError as error:
        return None, [*composer.problems, syntax_problem(path, error, text)]
    if not isinstance(composer.root, MappingProxyType):
        return None, [*composer.problems, _not_a_record(composer)]
    return Document(path, composer.root, composer.places, composer.key_places), composer.problems


def _not_a_record(composer: _Composer) -> Problem:
    line, column = composer.places.get((), Place(1, 1))
    if composer.root is None:
        return Problem(composer.path, 1, 1, "empty", "there is nothing in this file", "fill it, or remove it")
    remedy = "begin with “key: value” lines, such as “schema: 1”"
    return Problem(composer.path, line, column, "schema", "the file does not hold a map of fields", remedy)


def _place(event: yaml.Event) -> Place:
    mark: Any = event.start_mark  # every event that comes from a text has one
    return Place(mark.line + 1, mark.column + 1)
