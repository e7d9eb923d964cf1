"""Content is data where two versions are told apart: on the site, for the meeting, and on its paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from generator.build import disk
from generator.diff.compare import Difference, compare
from generator.diff.history import Revised
from generator.navigator.single_file import ASSETS
from generator.outputs import outputs
from generator.pages.report.changes import as_text, report
from generator.pages.report.meeting import meeting_html
from generator.printing import typesetter
from generator.printing.meeting import meeting_document
from tests import hostile
from tests.conftest import ROOT, TINY, checked
from tests.hostile.markup import Markup, page, squeezed
from tests.playground import TREE as PLAYGROUND
from tests.test_hostile import RIGHT_TO_LEFT, harmless, mixed, printed

# Some fold into others on paper, or stand there in another order: those are tried in tests/test_hostile.py.
PRINTED = [w for w in hostile.shown() if w not in (hostile.LONG_WORD, *RIGHT_TO_LEFT)]

REVISION = checked(PLAYGROUND.read_text("utf-8")).revisions[0]


@dataclass(frozen=True)
class Told:
    """A difference in every free text there is, and what each text was and is."""

    difference: Difference
    text: str
    before: Mapping[hostile.Place, str]
    after: Mapping[hostile.Place, str]


@cache
def told(tree_file: Path, words: str) -> Told:
    source = tree_file.read_text("utf-8")
    old = hostile.filled(source, lambda number: hostile.marked(words, number))
    return told_of(old, hostile.filled(source, lambda number: hostile.marked(words, number + 1000)))


def told_of(old: hostile.Filled, new: hostile.Filled) -> Told:
    return Told(compare(checked(old.text), checked(new.text)), new.text, old.said, new.said)


def on_the_site(changed: Told) -> Markup:
    after = changed.difference.after
    assets = disk.read_assets(ROOT / "site_overrides" / "assets", ASSETS)
    revised = [Revised(REVISION, changed.difference)]
    return page(outputs(after, changed.text, assets, revised=revised)["andringar.md"])[1]


def at_the_meeting(changed: Told) -> Markup:
    return Markup(meeting_html(report(changed.difference)))


def places(changed: Told, said: str) -> set[tuple[str, hostile.Place]]:
    """Return the places whose text is told letter for letter, by side."""
    sides = (("before", changed.before), ("after", changed.after))
    return {(side, place) for side, texts in sides for place, text in texts.items() if squeezed(text) in said}


def same_as_harmless(found: Told, plain: Told) -> None:
    for form in (on_the_site, at_the_meeting):
        markup, expected = form(found), form(plain)
        assert (markup.shape - expected.shape, expected.shape - markup.shape) == (Counter(), Counter())
        assert places(found, markup.said) == places(plain, expected.said)
    terminal = squeezed(as_text(report(found.difference)))
    assert places(found, terminal) == places(plain, squeezed(as_text(report(plain.difference))))
    assert len(places(found, terminal)) > 50


@pytest.mark.full
@pytest.mark.parametrize("words", hostile.shown(), ids=lambda words: ascii(words)[:40])
def test_a_hostile_text_is_told_as_it_was_and_is_and_does_nothing(words: str) -> None:
    same_as_harmless(told(TINY, words), told(TINY, harmless(words)))


@pytest.mark.parametrize("turn", range(4))
def test_so_are_all_of_them_each_in_a_place_of_its_own(turn: int) -> None:
    tiny = TINY.read_text("utf-8")
    found, plain = (
        told_of(mixed(tiny, turn, change), mixed(tiny, turn, change, first=1000))
        for change in (str, harmless)
    )
    same_as_harmless(found, plain)


def test_so_are_all_of_them_together_where_every_key_is_used() -> None:
    words = " ".join(w for w in hostile.shown() if w != hostile.LONG_WORD)
    same_as_harmless(told(PLAYGROUND, words), told(PLAYGROUND, harmless(words)))


def test_they_are_only_text_on_the_meeting_s_paper() -> None:
    found, plain = (numbers_on_paper(told(TINY, words)) for words in (" ".join(PRINTED), "Ofarliga ord"))
    assert found == plain
    assert len(plain) > 50


def numbers_on_paper(changed: Told) -> set[str]:
    paper = printed(typesetter.typeset_one(meeting_document(report(changed.difference)), "2025-09-01"))
    return set(re.findall("q[0-9]+q", paper))
