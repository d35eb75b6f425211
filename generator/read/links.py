"""Whether all that the schema and the vocabularies name exists: definitions, fields, blocks, vocabularies, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.model import Document, Field, Path, Problem, Schema, Value, nearest
from generator.read.characters import short

Node = Mapping[str, Value]
FIELD_NAMES = (
    "x-short",
    "x-date",
    "x-label",
    "x-voice",
    "x-text",
)  # annotations that name a field of the map below them
ANYWHERE = ("items", "incidents")  # what x-refers-to may say besides the name of a block


def schema_links(schema: Document, vocabularies: Mapping[str, Document]) -> list[Problem]:
    """Names in the schema that lead nowhere, or in a circle. `schema` has the form that schema.schema.json asks for."""
    definitions = schema.values.get("$defs", {})
    wrong = [*_definitions(schema, definitions)]
    if wrong:
        return wrong  # what follows would not come to an end
    blocks = schema.values["properties"]
    anchors: dict[str, Path] = {}
    for path, node in _nodes(schema.values, ()):
        wrong += _missing(schema, path, node, "x-vocabulary", vocabularies, "vocabulary in schema/vocabulary")
        wrong += _missing(schema, path, node, "x-refers-to", (*ANYWHERE, *blocks), "block")
        for annotation in FIELD_NAMES:
            wrong += _missing(schema, path, node, annotation, _names(node, definitions), "field of this map")
        if "properties" in node:
            wrong += _required(schema, path, node)
        if "pattern" in node:
            wrong += _pattern(schema, path, node)
        if "x-anchor" in node:
            wrong += _anchor(schema, path, node, anchors)
    return wrong


def term_links(form: Node, name: str, vocabularies: Mapping[str, Document]) -> Iterator[Problem]:
    """Words in the vocabulary `name` that no vocabulary has; `form` (vocabulary.schema.json) says where to look."""
    document = vocabularies[name]
    terms = document.values["values"]
    for key, node in form["$defs"]["term"]["properties"].items():
        elsewhere = node.get("x-vocabulary")
        if elsewhere is None and "x-refers-to" not in node:
            continue
        where = vocabularies[elsewhere].values["values"] if elsewhere in vocabularies else {} if elsewhere else terms
        for term, said in terms.items():
            path: Path = ("values", term, key)
            if key in said and said[key] not in where:
                message = f"“{short(said[key])}” is not in the vocabulary {elsewhere or name}"
                yield document.problem(path, "reference", message, nearest(said[key], where) or "add it there first")
            elif key in said and not elsewhere and _loops(terms, term, key):
                yield document.problem(
                    path, "reference", f"“{key}” leads from “{term}” back to itself", "break the circle"
                )


def expansions(schema: Schema, vocabularies: Mapping[str, Document]) -> Iterator[Problem]:
    """Words that stand for a whole map, and do not say for which."""
    for field in schema.every_field():
        if field.kind == "map" and field.vocabulary and not field.short:
            document = vocabularies[field.vocabulary]
            for term in document.values["values"]:
                yield from _expansion(schema, field, document, term)


def _expansion(schema: Schema, field: Field, document: Document, term: str) -> Iterator[Problem]:
    path: Path = ("values", term, "stands_for")
    stands_for = document.values["values"][term].get("stands_for")
    if stands_for is None:
        message = f"“{term}” does not say what it stands for in “{field.dotted}”"
        yield document.problem(path, "reference", message, f"add stands_for: {{{field.fields[0].name}: …}}", key=True)
        return
    for name, word in stands_for.items():
        inner = field.by_name.get(name)
        if inner is None:
            yield _nowhere(document, (*path, name), name, field.by_name, f"field of “{field.dotted}”")
        elif inner.vocabulary and word not in (terms := schema.vocabularies[inner.vocabulary].terms):
            yield _nowhere(document, (*path, name), word, terms, f"word of the vocabulary {inner.vocabulary}")


def _nodes(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    """Every schema within a schema, the outermost first."""
    yield path, node
    for key in ("items", "if", "then", "else"):
        if key in node:
            yield from _nodes(node[key], (*path, key))
    for key in ("properties", "$defs"):
        for name, each in node.get(key, {}).items():
            yield from _nodes(each, (*path, key, name))
    for key in ("oneOf", "anyOf"):
        for index, each in enumerate(node.get(key, ())):
            yield from _nodes(each, (*path, key, index))


def _target(node: Node) -> str:
    """The name of the definition that a node refers to."""
    return str(node["$ref"]).removeprefix("#/$defs/")


def _definitions(schema: Document, definitions: Node) -> Iterator[Problem]:
    for path, node in _nodes(schema.values, ()):
        if "$ref" in node and _target(node) not in definitions:
            yield _nowhere(schema, (*path, "$ref"), _target(node), definitions, "definition under $defs")
    needs = {
        name: {_target(node) for _, node in _nodes(each, ()) if "$ref" in node} & set(definitions)
        for name, each in definitions.items()
    }
    while free := [name for name, needed in needs.items() if not needed]:  # take away what needs nothing that is left
        needs = {name: needed.difference(free) for name, needed in needs.items() if name not in free}
    for name in needs:
        message = f"the definition “{name}” contains itself, or one that does"
        yield schema.problem(("$defs", name), "reference", message, "write one of them out", key=True)


def _names(node: Node, definitions: Node) -> set[str]:
    """The fields of the map that a node describes, in whichever of its forms; for a list, of the maps in it."""
    names = set(node.get("properties", ()))
    inner = [*node.get("oneOf", ()), *([node["items"]] if "items" in node else [])]
    inner += [definitions[_target(node)]] if "$ref" in node else []
    return names.union(*(_names(each, definitions) for each in inner))


def _missing(
    schema: Document,
    path: Path,
    node: Node,
    annotation: str,
    known: Mapping[str, Value] | set[str] | tuple[str, ...],
    what: str,
) -> Iterator[Problem]:
    if annotation in node and node[annotation] not in known:
        yield _nowhere(schema, (*path, annotation), node[annotation], known, what)


def _required(schema: Document, path: Path, node: Node) -> Iterator[Problem]:
    for index, name in enumerate(node.get("required", ())):
        if name not in node["properties"]:
            yield _nowhere(schema, (*path, "required", index), name, node["properties"], "field of this map")


def _pattern(schema: Document, path: Path, node: Node) -> Iterator[Problem]:
    try:
        re.compile(node["pattern"])
    except re.error as error:
        remedy = "see https://docs.python.org/3/library/re.html"
        yield schema.problem((*path, "pattern"), "schema", f"this is not a regular expression: {error}", remedy)


def _anchor(schema: Document, path: Path, node: Node, taken: dict[str, Path]) -> Iterator[Problem]:
    anchor = node["x-anchor"]
    first = taken.setdefault(anchor, path)
    if first != path:
        message = f"the items of “{first[-1]}” already have addresses with “{anchor}”"
        yield schema.problem((*path, "x-anchor"), "repeat", message, "take another letter")


def _loops(terms: Node, start: str, key: str) -> bool:
    seen, term = {start}, terms[start].get(key)
    while term in terms and term not in seen:
        seen.add(term)
        term = terms[term].get(key)
    return bool(term == start)


def _nowhere(
    document: Document, path: Path, name: str, known: Mapping[str, Value] | set[str] | tuple[str, ...], what: str
) -> Problem:
    remedy = nearest(name, known) or f"known are {', '.join(sorted(known))}"
    return document.problem(path, "reference", f"there is no {what} called “{short(name)}”", remedy)
