"""YAML text → located nodes. Nothing is typed here; the model decides what a value is."""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.diagnostics import Diagnostic, Pos, finding
from generator.locale import t
from generator.mistakes import everywhere, explain, lost_comment

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 5_000_000
MAX_DEPTH = 20

# Zero width, soft hyphen, and what turns the direction of writing: two texts could look the same.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# PyYAML explains itself in English; these are the explanations that people meet.
_PROBLEMS = {
    "mapping values are not allowed": "colon",
    "cannot start any token": "bad-character",
    "could not find expected ':'": "missing-colon",
    "did not find expected key": "indentation",
    "did not find expected '-' indicator": "indentation",
    "expected <block end>": "indentation",
    "did not find expected ',' or '}'": "brace",
    "did not find expected ',' or ']'": "bracket",
    "unexpected end of stream": "unclosed",
    "found unknown escape character": "escape",
}


def compose(text: str) -> tuple[yaml.Node | None, list[Diagnostic]]:
    """Compose the YAML text into a node tree, or return the diagnostics that say why not."""
    if len(text) > MAX_BYTES:
        return None, [too_large()]
    hidden = [_at(text, found.start(), "invisible") for found in _INVISIBLE.finditer(text)]
    if hidden:
        return None, hidden
    try:
        refused = _refuse_what_the_tree_never_needs(text)
        if refused:
            return None, refused
        node = yaml.compose(text, Loader=Loader)
    except yaml.reader.ReaderError:
        return None, [_unreadable_character(text)]
    except yaml.MarkedYAMLError as error:
        return None, _syntax_errors(text, error)
    if node is None:
        return None, [finding(Pos(), "syntax", "empty")]
    return node, []


def too_large() -> Diagnostic:
    """Return the finding about a file larger than any routine."""
    return finding(Pos(), "syntax", "too-large", limit=MAX_BYTES // 1_000_000)


def pos_of(node: yaml.Node) -> Pos:
    """Return where a node stands; a scalar's length is that of its first line."""
    start, end = node.start_mark, node.end_mark
    length = end.column - start.column if start.line == end.line else 1
    return Pos(start.line + 1, start.column + 1, max(1, length))


def _refuse_what_the_tree_never_needs(text: str) -> list[Diagnostic]:
    """Aliases, tags, and nesting deeper than the model: they only serve to confuse or to exhaust."""
    depth = 0
    lost: list[Diagnostic] = []
    lines = text.splitlines()
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return [finding(_mark(event.start_mark), "syntax", "special-character")]
        if getattr(event, "tag", None):
            return [finding(_mark(event.start_mark), "syntax", "special-character")]
        if isinstance(event, yaml.ScalarEvent) and not event.style:
            lost += _cut_short(lines, event.end_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return [finding(_mark(event.start_mark), "syntax", "depth", limit=MAX_DEPTH)]
    return lost


def _cut_short(lines: list[str], end: Any) -> list[Diagnostic]:
    found = lost_comment(lines[end.line], end.column, end.line + 1) if end.line < len(lines) else None
    return [found] if found else []


def _mark(mark: Any) -> Pos:
    return Pos(mark.line + 1, mark.column + 1) if mark else Pos()


def _syntax_errors(text: str, error: yaml.MarkedYAMLError) -> list[Diagnostic]:
    """Return the mistake that stopped the reader, with others of its kind that are as sure."""
    place = _mark(error.problem_mark or error.context_mark)
    lines = text.splitlines()
    likely = explain(lines, place.line)
    return everywhere(likely, lines) if likely else [_syntax_error(error, place)]


def _syntax_error(error: yaml.MarkedYAMLError, place: Pos) -> Diagnostic:
    problem = error.problem or ""
    key = next((v for k, v in _PROBLEMS.items() if k in problem), "other")
    if key in ("brace", "bracket"):  # it shows too late; what was opened stands in the context
        place = _mark(error.context_mark or error.problem_mark)
    return finding(place, "syntax", key)


def _at(text: str, index: int, key: str) -> Diagnostic:
    """Return a finding about the character at an index."""
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return finding(Pos(line, column), "syntax", key, character=f"U+{ord(text[index]):04X}")


def _unreadable_character(text: str) -> Diagnostic:
    # The C reader gives no usable index, so look for the character that YAML refuses.
    bad = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", text)
    if bad:
        return _at(text, bad.start(), "character")
    return finding(Pos(), "syntax", "character", character=t("checks.syntax.unknown-character"))
