"""The mistakes people make in YAML, told from the line they stand on.

The YAML library says where it gave up, in English, which is often a line or more after the mistake
and in words of its own. These look at the text around that place for what it most likely was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from generator.diagnostics import Diagnostic, Pos, finding

_TAB = re.compile(r"^ *(\t)")
_NO_SPACE = re.compile(r"^\s*(?:- )?[a-z_]+(:)[^\s/:]")
_OPEN_QUOTE = re.compile(r""":\s+(?:"[^"]*|'[^']*)$""")
_TEXT_AFTER_QUOTE = re.compile(r""":\s+(?:"[^"]*"|'[^']*')(\s*[^\s,\]}#])""")
_SPECIAL = re.compile(r"(?::|-)\s+([@%`*&!|>])")
_LOST_COMMENT = re.compile(r"\s+(#)\S")

# How many lines above the place to look.
_NEAR = 1
_FAR = 200


def explain(lines: Sequence[str], line: int) -> Diagnostic | None:
    """Return what most likely went wrong at or above a line, which counts from 1."""
    for key, look in _LOOKS:
        place = look(lines, line)
        if place:
            return finding(place, "syntax", key)
    return None


def everywhere(likely: Diagnostic, lines: Sequence[str]) -> list[Diagnostic]:
    """Return the mistake with all its like, if it is of a kind that is one wherever it stands: a tab."""
    tabs = [finding(Pos(n, m.start(1) + 1), "syntax", "tab") for n, m in _tabs(lines)]
    return tabs if likely in tabs else [likely]


def _tabs(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    for number, line in enumerate(lines, start=1):
        if found := _TAB.match(line):
            yield number, found


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
    ("unclosed-quote", _open_quote),
    ("text-after-quote", _on(_TEXT_AFTER_QUOTE, 0)),
    ("special-character", _on(_SPECIAL, 0)),
    ("space-after-colon", _on(_NO_SPACE, _NEAR)),
)
