"""What holds whatever the steps is told where the steps end: in the record, and at a gap."""

from __future__ import annotations

from typing import Any

import pytest

from generator.locale import t
from generator.model import Action, Situation, Tree
from generator.pages.record import record
from generator.pages.site import Site
from generator.routine.afterwards import always
from generator.routine.boxes import domain, meets
from generator.routine.routes import boxes_of
from generator.routine.steps import PlacedStep, frames_of, placed_steps
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


def test_the_record_of_what_one_went_on_to_names_every_step_of_what_one_came_from() -> None:
    tree, _, _ = made("real")
    went_on = [situation for situation in tree.situations if situation.continues]
    assert went_on
    for situation in went_on:
        (via,) = (
            way for way in record(Site.of(tree, ""), tree.situations[0])["ways"] if via_of(way, situation)
        )
        first, then = via["text"][1:-1], via["text"][-1]
        assert then.startswith(t("record.via-later"))
        named = [step for step in placed_steps(tree, situation) if label(tree, step) in then]
        assert named
        assert len(first) + len(named) == len(placed_steps(tree, situation))


def via_of(way: dict[str, Any], situation: Situation) -> bool:
    return bool(way["at"] == [f"via={situation.id}"])


def label(tree: Tree, placed: PlacedStep) -> str:
    return str(tree.get(placed.step.action, Action).label)
