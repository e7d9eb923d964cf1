"""A step is never shown without what qualifies it: its condition, force, note, frames, gaps and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from lxml import html

from generator.locale import t
from generator.model import Action, Force, Frame, Gap, Tree, Unit
from generator.outputs import outputs
from generator.pages.site import Site
from generator.routine.shared_duties import SharedDuties, SharedDuty, passages, shared_duties
from generator.routine.steps import (
    PlacedStep,
    concerns,
    frames_of,
    open_gaps,
    placed_steps,
    units_in,
    units_of,
)
from generator.routine.wording import names

Pages = Mapping[str, Any]


@pytest.fixture(scope="module")
def pages(tree: Tree, real_text: str) -> Pages:
    made = outputs(tree, real_text)
    return {
        path.removesuffix(".md"): html.fragment_fromstring(content.split("---\n", 2)[2], "div")
        for path, content in made.items()
        if path.endswith(".md")
    }


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def all_placed(tree: Tree) -> dict[str, PlacedStep]:
    return {placed.id: placed for s in tree.situations for placed in placed_steps(tree, s)}


def opening(placed: PlacedStep) -> str:
    return f"{placed.condition.text}: " if placed.condition else ""


def said(tree: Tree, placed: PlacedStep) -> str:
    return f"{tree.get(placed.step.force, Force).label} {placed.sentence}"


def framed(frames: Iterable[Frame]) -> Iterator[str]:
    for frame in frames:
        yield str(frame.title)
        yield from (str(text) for s in frame.statements for text in (s.text, *s.points))


def unclear(gaps: Iterable[Gap]) -> Iterator[str]:
    for gap in gaps:
        yield from (str(gap.title), str(gap.text))


def beside(site: Site, placed: PlacedStep) -> list[str]:
    """Return what has to stand in a step that is shown in full, beside its condition and its sentence."""
    tree, step, when = site.tree, placed.step, placed.condition
    confirmed = []
    if when and when.confirm:
        confirmed = [f"{t('site.confirm')} {names(tree, when.confirm_with)}: {when.confirm}"]
    return [
        *confirmed,
        *([str(step.note)] if step.note else []),
        *map(str, placed.lines),
        site.cited_shortly(step.cite),
        *framed(frames_of(tree, placed.situation, step.action)),
        *unclear(open_gaps(tree, placed.id)),
    ]


@pytest.mark.parametrize("view", ["situation/", "avsnitt/", "atgard/"])
def test_a_step_in_full_has_all_that_qualifies_it(
    tree: Tree, real_text: str, pages: Pages, view: str
) -> None:
    site, placed = Site.of(tree, real_text), all_placed(tree)
    shown = [li for path in pages if path.startswith(view) for li in pages[path].xpath(".//li[@data-step]")]
    assert {li.get("data-step") for li in shown} == set(placed)
    for li in shown:
        one, text = placed[li.get("data-step")], text_of(li)
        assert text.startswith(opening(one))
        assert said(tree, one) in text
        assert [part for part in beside(site, one) if part not in text] == [], one.id


def test_a_step_in_brief_has_all_that_qualifies_it(tree: Tree, pages: Pages) -> None:
    for unit in tree.units:
        for situation in tree.situations:
            shown = briefly(pages[f"enhet/{unit.id}"], str(situation.id))
            named = unit in units_of(tree, situation)
            expected = [p for p in placed_steps(tree, situation) if named and of(tree, unit, p)]
            assert sorted(shown) == [placed.number for placed in expected]
            for placed in expected:
                text = shown[placed.number]
                assert text.startswith(f"{opening(placed)}{said(tree, placed)}")
                assert (placed.step.note or "") in text
                assert all(str(f.title) in text for f in frames_of(tree, situation, placed.step.action))
                assert all(str(gap.title) in text for gap in open_gaps(tree, placed.id))


def of(tree: Tree, unit: Unit, placed: PlacedStep) -> bool:
    return unit in units_in(tree, placed.step) or unit in concerns(tree, placed.step)


def briefly(page: Any, situation: str) -> dict[int, str]:
    """Return number → text of a situation's steps on a unit's page, under either heading."""
    found = {}
    for id in (f"i-{situation}", f"gemensamt-{situation}"):
        for li in page.xpath(f".//h3[@id='{id}']/following-sibling::ol[1]/li"):
            found[int(li.get("value"))] = text_of(li)
    return found


def test_a_shared_duty_has_all_that_qualifies_it(tree: Tree, real_text: str, pages: Pages) -> None:
    site, passed = Site.of(tree, real_text), passages(tree)
    count = 0
    for node in tree.nodes:
        page = pages[f"vet-inte/{node.id}"]
        whole: SharedDuties = shared_duties(tree, [p for p in passed if p.node == node.id])
        for kind in ("always", "described"):
            shown = page.xpath(f".//ul[@data-certain='{kind}']/li")
            for li, duty in zip(shown, getattr(whole, kind), strict=True):
                text = text_of(li)
                assert text.startswith(f"{opening(duty.placed)}{said(tree, duty.placed)}")
                assert [part for part in beside_shared(site, duty) if part not in text] == []
                count += 1
    assert count > len(tree.nodes)


def beside_shared(site: Site, duty: SharedDuty) -> list[str]:
    lines = map(str, duty.lines)
    return [*duty.notes, *lines, *map(site.cited, duty.cites), *framed(duty.frames), *unclear(duty.gaps)]


def test_the_matrix_names_whom_each_step_names_and_how(tree: Tree, pages: Pages) -> None:
    for situation in tree.situations:
        for column in tree.matrix:
            (cell,) = pages["matris"].xpath(f".//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            text = text_of(cell)
            for placed in placed_steps(tree, situation):
                if placed.step.action in column.actions:
                    picks = placed.step.to if column.shows == "to" else placed.step.who
                    assert all(str(u.label) in text for u in tree.units if u.id in picks)
                    assert str(tree.get(placed.step.action, Action).short or "") in text


def test_a_frame_or_gap_of_the_whole_situation_stands_on_its_page(tree: Tree, pages: Pages) -> None:
    for situation in tree.situations:
        text = text_of(pages[f"situation/{situation.id}"])
        notes = [*unclear(open_gaps(tree, situation.id))]
        for frame in frames_of(tree, situation):
            notes += [str(frame.title), *(str(s.text) for s in frame.statements)]
        assert [note for note in notes if note not in text] == []
