"""What holds whatever the steps is told where the steps end: in the record, and at a gap."""

from __future__ import annotations

from typing import Any

import pytest

from generator.locale import capitalized, t
from generator.model import Situation, Tree
from generator.pages.record.record import record
from generator.pages.site import Site
from generator.pages.situations import unclear_in
from generator.routine.afterwards import always
from generator.routine.boxes import domain, meets
from generator.routine.outcomes import goes_on_to
from generator.routine.reservations import gaps_on, reservations
from generator.routine.routes import boxes_of
from generator.routine.steps import PlacedStep, frames_of, placed_steps, urgent_steps
from generator.routine.wording import task
from tests.views import WHOLE, made, said


@pytest.mark.parametrize("name", WHOLE)
def test_the_text_for_the_record_never_ends_with_the_last_step(name: str) -> None:
    tree, _, _ = made(name)
    site, topics = Site.of(tree, ""), always(tree)
    assert topics
    for situation in tree.situations:
        told = record(site, situation)
        whole = " ".join(str(item["text"]) for item in told["frames"])
        for topic in topics:
            rest = f"{topic.title}: {site.cited_once(topic.statements)}."
            said_at = [list(each["at"]) for each in (*told["none"], *told["holds"]) if rest in each["text"]]
            assert said_at == ([[""]] if situation.text else [["left="], ["left=past"]])
            assert all(str(statement.text) in whole for statement in topic.statements)
        assert all(str(unit.label) in whole for unit in tree.units if unit.duties)


@pytest.mark.parametrize("name", WHOLE)
def test_a_gap_leads_to_the_duties_that_the_units_keep(name: str) -> None:
    tree, pages, _ = made(name)
    with_duties = [unit for unit in tree.units if unit.duties]
    assert with_duties
    for gap in (gap for gap in tree.end_gaps if gap.is_written):
        (line,) = pages[f"lucka/{gap.id}"].xpath(".//p[@data-duties]")
        assert said(line).startswith(t("gap.duties"))
        told = [a.get("href").rpartition("/")[2].split(".")[0] for a in line.xpath("a")]
        assert told == [unit.id for unit in with_duties]
        texts = [str(item["text"]) for item in record(Site.of(tree, ""), gap)["frames"]]
        assert any(all(str(unit.label) in text for unit in with_duties) for text in texts)


@pytest.mark.parametrize("name", WHOLE)
def test_the_short_text_at_a_gap_says_what_holds_all_the_same(name: str) -> None:
    tree, pages, _ = made(name)
    for gap in (gap for gap in tree.end_gaps if gap.is_written):
        told = record(Site.of(tree, ""), gap)
        duties = pages[f"lucka/{gap.id}"].xpath(".//ul[@data-holds]/li")
        assert len(told["holds"]) == len(duties) + bool(always(tree))
        (short,) = [group for group in told["short"] if group["of"] == "holds"]
        assert short["word"] == t("record.applies-too")


@pytest.mark.parametrize("name", WHOLE)
def test_the_record_at_a_gap_has_the_frames_of_the_cases_that_are_answered(name: str) -> None:
    tree, pages, _ = made(name)
    site, by_answer = Site.of(tree, ""), 0
    for gap in (gap for gap in tree.end_gaps if gap.is_written):
        told = record(site, gap)["frames"]
        of_cases = [
            f for f in tree.frames if any(meets(domain(tree), box, f.on.facts) for box in boxes_of(gap))
        ]
        for frame in (f for f in of_cases if not f.on.action and not f.see):
            assert frame.title in said(pages[f"lucka/{gap.id}"])
            places = [item["at"] for item in told if item["text"][0] == f"{frame.title}:"]
            assert places, (gap.id, frame.id)
            if frame not in frames_of(tree, gap):
                ((place,),) = places
                ((fact, values),) = frame.on.facts.items()
                assert place == f"{fact}={values[0]}"
                by_answer += 1
    assert by_answer or name != "real"


def test_the_record_of_what_one_went_on_to_has_what_one_came_from() -> None:
    """In short what is urgent, and how many more; in the whole every step with all that qualifies it."""
    tree, _, _ = made("real")
    site, pairs = Site.of(tree, ""), goes_on_to(tree)
    assert pairs
    for here, there in pairs:
        before = tree.get(here, Situation)
        told, steps = record(site, tree.get(there, Situation)), placed_steps(tree, before)
        first = [p for listed in urgent_steps(tree, before) for p in listed]
        ids = [p.id for p in steps]
        assert first
        assert list(told["before"][here]) == ids

        def of(kind: str, told: dict[str, Any] = told, ids: list[str] = ids) -> dict[str, dict[str, Any]]:
            return {id: one for one in told[kind] for id in one["at"] if id in ids}

        assert [one["task"].removesuffix(" *") for one in of("left").values()] == [
            f"- {_task(tree, p)}" for p in sorted(first, key=lambda p: p.number)
        ]
        assert sorted([*of("left"), *of("rest")]) == sorted(ids)
        for placed in steps:
            qualified = reservations(tree, placed)
            whole = "\n".join(of("steps")[placed.id]["all"])
            own = [*(f.title for f in qualified.frames), *(g.title for g in qualified.gaps)]
            assert [title for title in own if title not in whole] == []
            assert _task(tree, placed) in whole
        gaps = {g.id for p in steps for g in reservations(tree, p).gaps}
        titles = {one["title"] for one in told["gaps"] if of("steps").keys() & one["at"]}
        assert titles == {f"{gap.title}." for gap in tree.gaps if gap.id in gaps}


def _task(tree: Tree, placed: PlacedStep) -> str:
    said = task(tree, placed.step)
    return capitalized(f"{placed.condition.text}: {said}" if placed.condition else said)


def test_a_record_without_answers_leads_on_to_where_else_the_case_may_belong() -> None:
    tree, _, _ = made("real")
    site, seen = Site.of(tree, ""), 0
    for situation in tree.situations:
        ways = record(site, situation)["ways"]
        text = "\n".join(way["text"] for way in ways if way["at"] == ["answers=none"])
        for frame in (frame for frame in frames_of(tree, situation) if frame.see):
            assert all(str(statement.text) in text for statement in frame.statements)
            assert [
                gap.id for gap in unclear_in(site, situation)[str(frame.id)] if gap.title not in text
            ] == []
            seen += 1
    assert seen


def test_a_record_says_where_the_case_goes_on_with_steps_that_are_not_told() -> None:
    tree, _, _ = made("real")
    onward = [
        situation.id
        for situation in tree.situations
        if any(
            way["text"] == t("record.before-going-on") for way in record(Site.of(tree, ""), situation)["ways"]
        )
    ]
    assert onward == [situation.id for situation in tree.situations if situation.continues]
    assert onward


def test_the_record_says_what_is_unclear_about_the_questions_and_what_always_holds() -> None:
    tree, _, _ = made("real")
    site, asked = Site.of(tree, ""), 0
    for situation in tree.situations:
        told = record(site, situation)
        everywhere = [gap["title"] for gap in told["gaps"] if "" in gap["at"]]
        gaps = site.gaps_on_the_way_to(situation)
        assert [gap.title for gap in gaps if f"{gap.title}." not in everywhere] == []
        asked += len(gaps)
        whole = [line for item in told["frames"] for line in item["text"]]
        for topic in always(tree):
            for gap in gaps_on(tree, *topic.statements):
                assert t("record.gap", title=gap.title) in whole
    assert asked
