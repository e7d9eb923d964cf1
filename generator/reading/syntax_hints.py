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

_TAB = re.compile(r"^ *(\t)")
_HARD_SPACE = re.compile("^ *(\u00a0)")
_NO_SPACE = re.compile("^ *(?:- )?[a-z_]+(:)(?:[^\\s/:]|\u00a0)")
_OPEN_QUOTE = re.compile(r""":\s+(?:"[^"]*|'[^']*)$""")
_TEXT_AFTER_QUOTE = re.compile(r""":\s+(?:"[^"]*"|'[^']*')(\s*[^\s,\]}#])""")
_SPECIAL = re.compile(r"(?::|-)\s+([@%`*&!|>])")
_LOST_COMMENT = re.compile(r"\s+(#)\S")
_KEY = re.compile(r"^\s*(?:- )?[a-z_]+:(?:\s|$)")
_KEY_AND_TEXT = re.compile(r"^\s*(?:- )?[a-z_]+:\s+\S")

# How many lines above the place to look.
_NEAR = 1
_FAR = 200


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
    if hint.key == "special-character":
        return f"{before}x{after[1:]}"
    if hint.key == "colon" and _KEY_AND_TEXT.match(before):
        return f"{before}{after.replace(':', '-')}"
    if hint.key == "text-after-quote" and not re.search(r"[{}\[\]]", line):
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
                start = found.start(1) if pattern.groups else found.start()
                return Pos(number, start + 1)
        return None

    return look


def _open_quote(lines: Sequence[str], line: int) -> Pos | None:
    place = _on(_OPEN_QUOTE, _FAR)(lines, line)
    if place is None:
        return None
    text = lines[place.line - 1]
    quote = re.search(r":\s+([\"'])", text[place.column - 1 :])
    return Pos(place.line, place.column + quote.start(1)) if quote else place


_LOOKS: tuple[tuple[str, Callable[[Sequence[str], int], Pos | None]], ...] = (
    ("tab", _on(_TAB, _NEAR)),
    ("hard-space", _on(_HARD_SPACE, _NEAR)),
    ("unclosed-quote", _open_quote),
    ("text-after-quote", _on(_TEXT_AFTER_QUOTE, 0)),
    ("special-character", _on(_SPECIAL, 0)),
    ("space-after-colon", _on(_NO_SPACE, _NEAR)),
)
