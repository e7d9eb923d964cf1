"""What people write by mistake is told in words of its own, at its line, wherever in the tree it stands.

Nothing here leans on today's wording, only on how the file is laid out.
"""

from __future__ import annotations

import re

import pytest

from generator.rules import check
from tests.tiers import few, some

# What stands there, what somebody makes of it, what they are told, and how many lines further on.
MISTAKES: dict[str, tuple[str, str, str, int]] = {
    "no colon": (r"^(        phase): (\w\S+)$", r"\1 \2", "vanligt kolon", 0),
    "no colon after the first key": (r"^(      - action): (\S+)$", r"\1 \2", "vanligt kolon", 0),
    "no colon before a text with one": (r'^(    title) ?: (".+: .+")$', r"\1 \2", "vanligt kolon", 0),
    "an equals sign": (r"^(        to): (\S+)$", r"\1 = \2", "vanligt kolon", 0),
    "a full-width colon": (r"^(        to): (\S+)$", r"\1：\2", "vanligt kolon", 0),
    "a text that goes on": (r"^(    why: [^\"].{30,60}) ([^:\n]+)$", r"\1\n\2", "Hör den till texten", 1),
    "a text that goes on too far out": (
        r"^(    why: [^\"].{30,60}) ([^:\n]+)$",
        r"\1\n    \2",
        "Hör den till texten",
        1,
    ),
    "a hard space": (r"^(        to:) ", "\\1\u00a0", "hårt mellanslag", 0),
    "a narrow hard space": (r"^(        to:) ", "\\1\u202f", "hårt mellanslag", 0),
    "a hard space after a dash": (r"^(      -) (action)", "\\1\u00a0\\2", "hårt mellanslag", 0),
    "a dash without its space": (r"^(      -) (action)", r"\1\2", "streck och ett mellanslag", 0),
    "an en dash": (r"^(      )- (action)", r"\1– \2", "vanligt streck", 0),
    "a bullet": (r"^(      )- (action)", r"\1• \2", "vanligt streck", 0),
    "an asterisk": (r"^(      )- (action)", r"\1* \2", "vanligt streck", 0),
    "no dash": (r"^(        cite: \S+\n      )- (action)", r"\1  \2", "saknas ett streck", 1),
    "no dash before the first": (r"^(    steps:\n      )- ", r"\1  ", "saknas ett streck", 1),
    "no dash before an option": (
        r"^(      - id: (?:.+\n        )+.+\n      )- (id)",
        r"\1  \2",
        "ett streck",
        -1,
    ),
    "a line with a dash in a comment": (
        r"^(        cite: \S+\n      )(- action)",
        r"\1# \2",
        "saknas ett streck",
        2,
    ),
    "curly quotes": (r'^(    title: )"(.+: .+)"$', r"\1”\2”", "raka citattecken", 0),
    "brackets in a text": (r"^(    text: )(\w+) (.+\?)$", r"\1[\2] \3", "hela texten inom citat", 0),
    "braces in a text": (r"^(    text: )(\w+) (.+\?)$", r"\1{\2} \3", "hela texten inom citat", 0),
    "brackets around a text": (r"^(    text: )([^,\n]+\?)$", r"\1[\2]", "om parentesen", 0),
    "a dash in a text": (r"^(    text: )(\w)", r"\1- \2", "Ett streck eller frågetecken", 0),
    "a question mark in a text": (r"^(    text: )(\w)", r"\1? \2", "Ett streck eller frågetecken", 0),
    "a number with a comma": (r"(paragraphs: \d)\b", r"\1,5", "ett heltal upp till 999, inte ”", 0),
    "a text with a comma": (r"(\{id: \S+, heading: \w+) (\w+)", r"\1, \2", "Kommat börjar", 0),
    "no space in braces": (r"^(    facts: \{\w+): (\w)", r"\1:\2", "saknas ett mellanslag", 0),
    "two units with a comma": (r"^(        who): ([a-z]+)$", r"\1: \2, \2", "Menade du ”[", 0),
    "two units with a word": (r"^(        who): ([a-z]+)$", r"\1: \2 och \2", "Menade du ”[", 0),
    "steps that are their own": (
        r"^(  - id: (\S+)\n(?:    .*\n)*?    same_steps_as: )\S+$",
        r"\1\2",
        "hänvisar till sina egna steg",
        -1,
    ),
    "the beginning of a conflict": (r"^(    short: )", r"<<<<<<< HEAD\n\1", "sammanslagning", 0),
    "the middle of a conflict": (r"^(    short: )", r"=======\n\1", "sammanslagning", 0),
    "the end of a conflict": (r"^(    short: )", r">>>>>>> annan\n\1", "sammanslagning", 0),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_once_in_its_words_at_its_line(real_text: str, mistake: str) -> None:
    pattern, replacement, told, offset = MISTAKES[mistake]
    places = list(re.finditer(pattern, real_text, re.MULTILINE))
    assert places
    for place in few(some(places, 6)):
        text = real_text[: place.start()] + place.expand(replacement) + real_text[place.end() :]
        _, found = check(text)
        assert len(found) == 1, found
        assert told in f"{found[0].message} {found[0].hint}"
        first, last = (real_text.count("\n", 0, at) + 1 for at in (place.start(), place.end()))
        # Below zero: at the end of what was changed.
        assert found[0].pos.line == (last if offset < 0 else first + offset)


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize(
    ("change", "told"),
    [(": Obs: ", "kolon mitt i en text"), (" ", "vanligt kolon"), (": [", "Hakparentesen")],
)
def test_a_text_in_quotes_on_two_lines_is_not_blamed_for_what_is_further_down(
    real_text: str, quote: str, change: str, told: str
) -> None:
    wrapped = rf"\1{quote}\2\n      \3{quote}"
    text = re.sub(
        rf"^(    why: )([^{quote}\n]{{30,60}}) ([^{quote}\n]+)$",
        wrapped,
        real_text,
        count=1,
        flags=re.MULTILINE,
    )
    assert text != real_text
    begun = text.index(f"    why: {quote}")
    for place in some(list(re.finditer(r"^ +label(: )\w", text[begun:], re.MULTILINE)), 3):
        start, end = (begun + at for at in place.span(1))
        _, found = check(text[:start] + change + text[end:])
        assert [one.pos.line for one in found] == [text.count("\n", 0, start) + 1]
        assert told in found[0].message
