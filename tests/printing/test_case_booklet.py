"""The mentor's booklet: every case with room to write, and the answers last, with what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.exercises import CaseRound, case_round
from generator.model import Section, Tree
from generator.pages.site import Site
from generator.printing import typesetter
from generator.printing.case_booklet import BOOKLET, printed_documents
from tests.conftest import checked
from tests.papers import DAY, broken_standards, fields_of, plain, reader, text_of, typeset


def booklet_of(tree: Tree) -> bytes:
    return typeset(printed_documents(Site.of(tree, "")))[BOOKLET]


@pytest.fixture(scope="module")
def booklet(tree: Tree) -> bytes:
    return booklet_of(tree)


@pytest.fixture(scope="module")
def cases(tree: Tree) -> list[CaseRound]:
    return [case_round(tree, example) for example in tree.examples]


def parts(content: bytes) -> tuple[Sequence[str], Sequence[str]]:
    """Return the pages with cases, and those with the answers."""
    pages = text_of(content)
    answers = next(n for n, text in enumerate(pages) if text.startswith("Facit"))
    return pages[:answers], pages[answers:]


def test_every_case_has_its_narrative_and_questions_on_one_page(
    booklet: bytes, cases: list[CaseRound]
) -> None:
    asked, _ = parts(booklet)
    split = []
    for number, one in enumerate(cases, start=1):
        heading = plain(f"{number}. {one.example.title}")
        (page,) = (p for p in asked if heading in p and plain(one.example.narrative) in p)
        at = page.index(plain(one.example.narrative))
        for count, exercise in enumerate(one.exercises, start=1):
            at = page.find(plain(f"{count}. {exercise.prompt}"), at)
            if at < 0:
                split.append(one)
                break
            for choice in exercise.choices:
                assert plain(choice.text) in page[at:]
    # One that is longer than a page has to go on; more than a few of those would be no booklet.
    assert len(split) <= len(cases) // 10


def test_the_answers_stand_last_and_cite_what_they_rest_on(
    tree: Tree, booklet: bytes, cases: list[CaseRound]
) -> None:
    site = Site.of(tree, "")
    asked, answers = parts(booklet)
    said = "".join(answers)
    at = alike = 0
    for one in cases:
        for number, exercise in enumerate(one.exercises, start=1):
            letter = chr(ord("a") + exercise.choices.index(exercise.right))
            at = said.index(plain(f"{number}. {letter}) {exercise.right.text}"), at)
            sections = {cite.section: tree.get(cite.section, Section) for cite in exercise.cites}
            for cite in exercise.cites:
                # Of several places with the same heading, what stands above it tells which is meant.
                heading = sections[cite.section].heading
                several = [s.heading for s in sections.values()].count(heading) > 1
                assert plain(site.cited(cite) if several else site.cited_shortly(cite)) in said[at:]
                alike += several
    assert alike
    assert "Facit" not in "".join(asked[2:])
    assert plain("Fallen är påhittade och handlar inte om några verkliga personer.") in asked[0]


def test_it_says_which_version_it_is_of(tree: Tree, booklet: bytes) -> None:
    pages = text_of(booklet)
    assert plain(f"Verktygets version: {tree.routine.version}.") in pages[0]
    assert all(
        plain(f"version {tree.routine.version}{n} ({len(pages)})") in text for n, text in enumerate(pages, 1)
    )


def test_it_is_accessible_and_made_to_last(booklet: bytes) -> None:
    assert broken_standards(booklet) == []
    read = reader(booklet)
    assert read.metadata is not None
    assert read.metadata.title
    assert read.outline
    assert not fields_of(booklet)


def test_the_same_tree_gives_the_same_booklet(tree: Tree, booklet: bytes, tmp_path: Path) -> None:
    again = typesetter.typeset(printed_documents(Site.of(tree, "")), DAY, tmp_path)
    assert again[BOOKLET] == booklet


def test_nothing_in_a_case_runs_as_typesetting(tiny_text: str) -> None:
    hostile = '#panic("x") $x$ *a* _b_ `c` @d <e> = f // g \\ #include "h"'
    tree = checked(
        tiny_text.replace("narrative: Displayen visar", f"narrative: '{hostile}").replace(
            "Det brådskar inte.", "Det brådskar inte.'"
        )
    )
    assert plain(hostile) in "".join(text_of(booklet_of(tree)))


def test_without_cases_there_is_no_booklet(tiny_text: str) -> None:
    tree = checked(tiny_text[: tiny_text.index("examples:")])
    assert list(printed_documents(Site.of(tree, ""))) == []
