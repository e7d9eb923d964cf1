"""The mistakes people make in YAML, told from the line they stand on.

The YAML library says where it gave up, in English, which is often a line or more after the mistake
and in words of its own. These look at the text around that place for what it most likely was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.model.position import Pos
from generator.reading.diagnostics import Diagnostic, finding

_HARD = "\u00a0\u2007\u202f"
_CURLY = "“”„‘’‚«»"
_TAB = re.compile(r"^ *(\t)")
# Each pattern shows a mistake by its first group. Those that look at a value take it in its whole line.
_HARD_SPACE = re.compile(f"^ *(?:- )?(?:-|[a-z_]+:)?([{_HARD}])")
_DASH = re.compile(r"^ *(-(?=\w)|[–—•·▪*])\s*[a-z_]+:(?:\s|$)")
_NO_SPACE = re.compile(r"^ *(?:- )?[a-z_]+(:)[^\s/:]")
_TEXT_AFTER_QUOTE = re.compile(r""":\s+(?:"[^"]*"|'[^']*')(\s*[^\s,\]}#])""")
_TEXT_AFTER_BRACKET = re.compile(r"^ *(?:- )?[a-z_]+:\s+(\[[^]\[{}]*\]|{[^]\[{}]*})\s*[^\s#]")
_SPECIAL = re.compile(r"(?::|-)\s+([@%`*&!|>])")
_INLINE_DASH = re.compile(r":\s+([-?])\s")
_CURLY_QUOTE = re.compile(rf"^ *(?:- )?[a-z_]+:\s+([{_CURLY}]).*:\s")
_LOST_COMMENT = re.compile(r"\s+(#)\S")
_KEY = re.compile(r"^\s*(?:- )?[a-z_]+:(?:\s|$)")
_KEY_AND_TEXT = re.compile(r"^\s*(?:- )?[a-z_]+:\s+\S")
_KEY_WITHOUT_COLON = re.compile(r"^ *(?:- )?([a-z_]{1,40}) *[\s=：]")
_ITEM = re.compile(r"^( *)- ")
_CONTENT = re.compile(r"^( *)[^ #]")

# How many lines above the place to look.
_NEAR = 1


@dataclass(frozen=True)
class SyntaxHint:
    """What most likely went wrong, by the key of its message, and where."""

    key: str
    pos: Pos


def hint_near(lines: Sequence[str], line: int) -> SyntaxHint | None:
    """Return what most likely went wrong at or above a line, which counts from 1."""
    for key, look in _LOOKS:
        place = look(lines, line)
        if place:
            return SyntaxHint(key, place)
    return None


def is_key(line: str) -> bool:
    """Tell whether a line begins as one with a key does."""
    return bool(_KEY.match(line))


def diagnostic_of(hint: SyntaxHint) -> Diagnostic:
    """Return the finding about a mistake."""
    return finding(hint.pos, "syntax", hint.key)


def every_tab(hint: SyntaxHint, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield a mistake that is one wherever it stands, a tab, with all its like."""
    for number, line in enumerate(lines, start=1):
        if found := _TAB.match(line):
            yield diagnostic_of(SyntaxHint(hint.key, Pos(number, found.start(1) + 1)))


def repaired_line(line: str, hint: SyntaxHint) -> str | None:
    """Return the line as it can be read, or None where more than one reading is as likely."""
    at = hint.pos.column - 1
    before, after = line[:at], line[at:]
    if hint.key == "unclosed-quote":
        return line + after[:1]
    if hint.key == "space-after-colon":
        return f"{before}: {after[1:]}"
    if hint.key in ("special-character", "inline-dash"):
        return f"{before}x{after[1:]}"
    if hint.key == "hard-space":
        return re.sub(f"[{_HARD}]", " ", line)
    if hint.key == "dash":
        return f"{before}- {after[1:].lstrip()}"
    if hint.key == "no-colon":
        return f"{before}: {after.lstrip(' =：')}"
    if hint.key == "colon" and _KEY_AND_TEXT.match(before):
        return f"{before}{after.replace(':', '-')}"
    if hint.key == "curly-quote" or (hint.key == "text-after-quote" and not re.search(r"[{}\[\]]", line)):
        return re.sub(r":\s.*", ": x", line, count=1)
    return None


def lost_comment(line: str, end: int, number: int) -> Diagnostic | None:
    """Return the finding that a plain text, which ends at a column, was cut short by a ``#``."""
    found = _LOST_COMMENT.match(line, end)
    return finding(Pos(number, found.start(1) + 1), "syntax", "hash") if found else None


def _on(pattern: re.Pattern[str], above: int) -> Callable[[Sequence[str], int], Pos | None]:
    def look(lines: Sequence[str], line: int) -> Pos | None:
        for number in range(min(line, len(lines)), max(0, line - 1 - above), -1):
            found = pattern.search(lines[number - 1])
            if found:
                return Pos(number, found.start(1) + 1)
        return None

    return look


def _no_colon(lines: Sequence[str], line: int) -> Pos | None:
    """Return where a colon should follow a word that is a key elsewhere in the file."""
    for number in range(min(line, len(lines)), max(0, line - 1 - _NEAR), -1):
        found = _KEY_WITHOUT_COLON.match(lines[number - 1])
        if found and any(other.lstrip(" -").startswith(f"{found[1]}:") for other in lines):
            return Pos(number, found.end(1) + 1)
    return None


def _missing_dash(lines: Sequence[str], line: int) -> Pos | None:
    """Return the first line of a list that a later item shows to be one, if that line has no dash."""
    item = _ITEM.match(lines[line - 1]) if line <= len(lines) else None
    first = None
    for number in range(line - 1, 0, -1) if item else ():
        found = _CONTENT.match(lines[number - 1])
        if found and item and found.end(1) <= item.end(1):
            return Pos(first, item.end(1) + 3) if first and is_key(lines[number - 1]) else None
        first = number if found else first
    return None


_LOOKS: tuple[tuple[str, Callable[[Sequence[str], int], Pos | None]], ...] = (
    ("tab", _on(_TAB, _NEAR)),
    ("hard-space", _on(_HARD_SPACE, _NEAR)),
    ("dash", _on(_DASH, _NEAR)),
    ("no-colon", _no_colon),
    ("text-after-quote", _on(_TEXT_AFTER_QUOTE, 0)),
    ("text-after-bracket", _on(_TEXT_AFTER_BRACKET, 0)),
    ("special-character", _on(_SPECIAL, 0)),
    ("inline-dash", _on(_INLINE_DASH, 0)),
    ("space-after-colon", _on(_NO_SPACE, _NEAR)),
    ("curly-quote", _on(_CURLY_QUOTE, 0)),
    ("missing-dash", _missing_dash),
)
