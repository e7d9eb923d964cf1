"""Diagnostics: what is wrong with the tree, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from generator.locale import t
from generator.model.position import Pos

# More than people read at once; also what keeps hostile files from being answered for minutes.
MAX_FINDINGS = 200
LONGEST = 400


@dataclass(frozen=True)
class Diagnostic:
    """One finding, in words, at its place. ``paste`` are lines for the file that would answer it."""

    pos: Pos
    rule: str
    message: str
    hint: str = ""
    related: Pos | None = None
    paste: str = ""


def finding(
    pos: Pos, rule: str, key: str = "", hint: str = "", related: Pos | None = None, **values: object
) -> Diagnostic:
    """Make a diagnostic whose message stands in the locale under ``checks.<rule>[.<key>]``.

    ``related`` is the other place, where the two do not go together.
    """
    name = f"checks.{rule}.{key}" if key else f"checks.{rule}"
    if related:
        values["line"] = related.line
    return Diagnostic(
        pos, rule, t(name, **{key: _shown(value) for key, value in values.items()}), hint, related
    )


def _shown(value: object) -> object:
    """Cut what nobody would read to its end."""
    return f"{value[:LONGEST]} …" if isinstance(value, str) and len(value) > LONGEST else value


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return the "did you mean" hint with the nearest known word, or an empty string."""
    found = nearest(wrong, known)
    return t("hints.did-you-mean", word=found) if found else ""


def nearest(wrong: str, known: Iterable[str]) -> str | None:
    """Return the known word that a wrong one most likely stands for, or None if there is no such."""
    found = get_close_matches(wrong, sorted(set(known)), n=1, cutoff=0.75)
    return found[0] if found else None


def limited(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the first findings, and one that says so if there are more. The rest are never made."""
    found = list(islice(diagnostics, MAX_FINDINGS + 1))
    if len(found) > MAX_FINDINGS:
        found[-1] = finding(found[-1].pos, "syntax", "too-many", limit=MAX_FINDINGS)
    return found


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics by place, each only once."""
    unique = dict.fromkeys(diagnostics)
    return sorted(unique, key=lambda d: (d.pos, d.rule, d.message))


def render(diagnostics: Sequence[Diagnostic], path: str, text: str, word: str = "") -> str:
    """Render diagnostics as ``path:line:column: fel: …`` with the line and a caret under it.

    ``word`` stands in place of "fel" for what is no mistake.
    """
    lines = text.splitlines()
    return "\n\n".join(_render_one(d, path, lines, word or t("checks.error")) for d in in_order(diagnostics))


def _render_one(diagnostic: Diagnostic, path: str, lines: Sequence[str], word: str) -> str:
    pos = diagnostic.pos
    message = f"{diagnostic.message} {diagnostic.hint}".strip()
    head = f"{path}:{pos.line}:{pos.column}: {word}: {message} [{diagnostic.rule}]"
    shown = [head, *_excerpt(pos, lines)]
    if diagnostic.related:
        place = f"{path}:{diagnostic.related.line}:{diagnostic.related.column}"
        shown += [t("checks.related", place=place), *_excerpt(diagnostic.related, lines)]
    if diagnostic.paste:
        shown.append(diagnostic.paste)
    return "\n".join(shown)


def _excerpt(pos: Pos, lines: Sequence[str]) -> list[str]:
    """Return the line and the caret under it."""
    if not (parts := marked(pos, lines)):
        return []
    (before, inside, after), gutter = parts, f"{pos.line} | "
    caret = " " * (len(gutter) + len(before)) + "^" + "~" * (len(inside) - 1)
    return [f"{gutter}{before}{inside}{after}", caret]


def marked(pos: Pos, lines: Sequence[str]) -> tuple[str, str, str] | None:
    """Return a place's line in three parts, the middle one being what is meant; None outside of the text."""
    if not 1 <= pos.line <= len(lines):
        return None
    line, start = _window(lines[pos.line - 1], pos.column)
    at = pos.column - 1 - start
    end = at + max(1, min(pos.length, len(line) - at))
    return line[:at], line[at:end], line[end:]


def _window(line: str, column: int, width: int = 120) -> tuple[str, int]:
    """Cut a very long line to what stands around the column."""
    line = line.replace("\t", " ")
    start = max(0, column - 1 - width // 2) if len(line) > width else 0
    return line[start : start + width], start
