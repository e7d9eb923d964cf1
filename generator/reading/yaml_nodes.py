"""YAML text → located nodes. Nothing is typed here; the model decides what a value is."""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.locale import t
from generator.model.position import Pos
from generator.reading.diagnostics import Diagnostic, finding, limited
from generator.reading.syntax_hints import (
    SyntaxHint,
    diagnostic_of,
    every_tab,
    hint_near,
    is_key,
    lost_comment,
    repaired_line,
)

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_TEXT = 100_000  # characters: far more than anybody reads
# Texts, lists and groups of keys, which is what costs time and memory.
MAX_PARTS = 60_000
# How many mistakes in the YAML to look for past the first one.
MAX_REPAIRED = 20

# Zero width, blank letters, soft hyphen, and what turns the direction of writing or breaks a line unseen:
# two texts could look the same.
_INVISIBLE = re.compile(
    "[\x85\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# What version control leaves where two have changed the same lines.
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: |$)|^={7}$", re.MULTILINE)
# What YAML refuses when it stands as it is, but not when it is written as an escape.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
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
    "character escape code": "escape",
}


def compose(text: str) -> tuple[yaml.Node | None, list[Diagnostic]]:
    """Compose the YAML text into a node tree, or return the diagnostics that say why not."""
    if len(text) > MAX_BYTES:
        return None, [too_large()]
    hidden = limited(_at(text, found.start(), "invisible") for found in _INVISIBLE.finditer(text))
    if hidden or (hidden := _conflicts(text)):
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
    depth = parts = documents = 0
    lost: list[Diagnostic] = []
    lines = text.splitlines()
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.NodeEvent):
            parts += 1
            depth += isinstance(event, yaml.CollectionStartEvent)
        else:
            depth -= isinstance(event, yaml.CollectionEndEvent)
            documents += isinstance(event, yaml.DocumentStartEvent)
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            return [finding(_mark(event.start_mark), "syntax", "special-character")]
        if depth > MAX_DEPTH:
            return [finding(_mark(event.start_mark), "syntax", "depth", limit=MAX_DEPTH)]
        if parts > MAX_PARTS:
            return [finding(_mark(event.start_mark), "syntax", "too-many-parts", limit=MAX_PARTS)]
        if documents > 1:
            return [finding(_mark(event.start_mark), "syntax", "documents")]
        if isinstance(event, yaml.ScalarEvent):
            if len(event.value) > MAX_TEXT:
                return [finding(_mark(event.start_mark), "syntax", "long-text", limit=MAX_TEXT)]
            lost += _in_text(event, lines)
    return limited(lost)


def _in_text(event: yaml.ScalarEvent, lines: list[str]) -> list[Diagnostic]:
    """Return what is wrong inside a text: cut short by a comment, or an escape for what nobody sees."""
    if not event.style:
        return _cut_short(lines, event.end_mark)
    bad = _INVISIBLE.search(event.value) or _REFUSED.search(event.value)
    if not bad:
        return []
    return [finding(_mark(event.start_mark), "syntax", "invisible", character=f"U+{ord(bad[0]):04X}")]


def _cut_short(lines: list[str], end: Any) -> list[Diagnostic]:
    found = lost_comment(lines[end.line], end.column, end.line + 1) if end.line < len(lines) else None
    return [found] if found else []


def _mark(mark: Any) -> Pos:
    return Pos(mark.line + 1, mark.column + 1) if mark else Pos()


def _syntax_errors(text: str, error: yaml.MarkedYAMLError) -> list[Diagnostic]:
    """Return the mistake that stopped the reader, with those further down that are as sure.

    Each is mended as people would, only to read on. Where that does not take the reader further, or
    where it is not clear what is wrong, what follows could be the same mistake again.
    """
    lines = text.splitlines()
    found = [_mistake(lines, error)]
    if found[0].key == "tab":
        return limited(every_tab(found[0], lines))
    while len(found) < MAX_REPAIRED:
        line = (
            repaired_line(lines[found[-1].pos.line - 1], found[-1])
            if found[-1].pos.line <= len(lines)
            else None
        )
        if line is None:
            break
        lines[found[-1].pos.line - 1] = line
        further = _next_error("\n".join(lines))
        hint = _mistake(lines, further) if further else None
        if hint is None or hint.pos.line <= found[-1].pos.line or not _is_sure(lines, hint):
            break
        found.append(hint)
    return [diagnostic_of(hint) for hint in found]


def _is_sure(lines: list[str], hint: SyntaxHint) -> bool:
    """Whether a mistake is one for certain: it can be mended."""
    return hint.pos.line <= len(lines) and repaired_line(lines[hint.pos.line - 1], hint) is not None


def _next_error(text: str) -> yaml.MarkedYAMLError | None:
    try:
        for _ in yaml.parse(text, Loader=Loader):
            pass
    except yaml.MarkedYAMLError as error:
        return error
    except yaml.YAMLError:
        return None
    return None


def _mistake(lines: list[str], error: yaml.MarkedYAMLError) -> SyntaxHint:
    if opened := _unclosed_quote(lines, error):
        return SyntaxHint("unclosed-quote", opened)
    problem = error.problem or ""
    key = next((v for k, v in _PROBLEMS.items() if k in problem), "other")
    place = _mark(error.problem_mark or error.context_mark)
    begun = _mark(error.context_mark or error.problem_mark)
    # A missing colon shows on the next line; what is not closed shows later still.
    looked_at = begun.line if key == "missing-colon" else place.line
    shown = begun if key in ("brace", "bracket", "missing-colon") else place
    return hint_near(lines, looked_at) or SyntaxHint(key, shown)


def _unclosed_quote(lines: list[str], error: yaml.MarkedYAMLError) -> Pos | None:
    """Return where the quoted text begins that the reader was in or had just left, if it took in keys."""
    inside = "quoted scalar" in (error.context or "")
    if inside and "end of stream" in (error.problem or ""):
        return _mark(error.context_mark)
    place = _mark(error.problem_mark or error.context_mark)
    opened: list[Any] = [error.context_mark] if inside else []
    try:
        for event in yaml.parse("\n".join(lines), Loader=Loader):
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"'):
                opened += [event.start_mark] if _mark(event.end_mark).line == place.line else []
    except yaml.YAMLError:
        pass
    took_in = (mark for mark in opened if any(map(is_key, lines[mark.line + 1 : place.line])))
    return next(map(_mark, took_in), None)


def _conflicts(text: str) -> list[Diagnostic]:
    """Return where each conflict of a merge begins or, if that mark is gone, the first that is left."""
    marks = list(_CONFLICT.finditer(text))
    begun = [mark for mark in marks if mark[0].startswith("<")] or marks[:1]
    return limited(_at(text, mark.start(), "conflict") for mark in begun)


def _at(text: str, index: int, key: str) -> Diagnostic:
    """Return a finding about the character at an index."""
    return finding(place_of(text, index), "syntax", key, character=f"U+{ord(text[index]):04X}")


def place_of(text: str, index: int) -> Pos:
    """Return the place of the character at an index, however the lines end."""
    before = re.split("\r\n?|\n", text[:index])
    return Pos(len(before), len(before[-1]) + 1)


def _unreadable_character(text: str) -> Diagnostic:
    # The C reader gives no usable index, so look for the character that YAML refuses.
    bad = _REFUSED.search(text)
    if bad:
        return _at(text, bad.start(), "character")
    return finding(Pos(), "syntax", "character", character=t("checks.syntax.unknown-character"))
