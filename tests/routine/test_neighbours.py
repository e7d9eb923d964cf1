"""At a gap: what holds all the same and what differs, worked out a second time from the ends alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from lxml import html

from generator.locale import t
from generator.model import Gap, Situation, Tree
from generator.routine.cases import covers, walk, with_facts
from generator.routine.frames import frames_in
from generator.routine.neighbours import Comparison, neighbours_of
from generator.routine.steps import frames_of, placed_steps, same_duty
from tests.conftest import checked
from tests.every_case import all_cases, covered_by
from tests.playground import TREE as PLAYGROUND

Duty = tuple[object, ...]
EVERY = {"aktualisera", "folja-checklistan"}  # roller-vuxen/2


def duties(tree: Tree, situation: str) -> set[Duty]:
    return {same_duty(p.step) for p in placed_steps(tree, tree.get(situation, Situation))}


def ends_of(tree: Tree, gap: Gap) -> list[tuple[dict[str, str], list[str]]]:
    """Return every case of a gap, with what each way on comes to in it."""
    cases = [case for case in all_cases(tree) if covered_by(gap, case)]
    return [(case, [walk(tree, with_facts(case, way.as_)).at for way in gap.ways]) for case in cases]


def described(tree: Tree) -> list[tuple[Gap, Comparison]]:
    return [(g, one) for g in tree.end_gaps for one in neighbours_of(tree, g).comparisons if not one.gaps]


def test_every_case_of_a_gap_finds_its_comparison(tree: Tree) -> None:
    for gap in tree.end_gaps:
        found = neighbours_of(tree, gap).comparisons
        for case, ends in ends_of(tree, gap):
            mine = [one for one in found if all(covers(o.facts, case) for o in one.answers.values())]
            silent = set(ends) & tree.ids("gaps")
            told = [{str(g.id) for g in one.gaps} or {str(s.situation.id) for s in one.sides} for one in mine]
            assert told == [silent or set(ends)], (gap.id, case)


def test_debt_and_disturbance_can_be_repeated_each_for_itself(tree: Tree) -> None:
    found = neighbours_of(tree, tree.get("skuld-och-storning", Gap)).comparisons
    repeated = [
        tuple(one.answers[q].id for q in ("upprepad-skuld", "upprepad-storning") if q in one.answers)
        for one in found
        if one.sides and one.answers["hushall"].id == "barnfamilj" and one.answers["arenden"].id == "ingen"
    ]
    assert sorted(repeated) == [("ja", "ja"), ("ja", "nej"), ("nej", "ja"), ("nej", "nej")]


def test_what_is_shared_is_in_all_and_what_differs_is_not(tree: Tree) -> None:
    for gap, one in described(tree):
        each = [duties(tree, side.situation.id) for side in one.sides]
        everywhere = neighbours_of(tree, gap).shared
        shared = {d.duty for d in (*everywhere, *one.shared) if not d.is_least}
        assert shared == set.intersection(*each)
        for side, all_ in zip(one.sides, each, strict=True):
            assert {same_duty(p.step) for p in side.steps} == all_ - shared
        for least in (d.placed.step for d in (*everywhere, *one.shared) if d.is_least):
            for side in one.sides:
                steps = placed_steps(tree, side.situation)
                (mine,) = (p.step for p in steps if p.step.action == least.action)
                assert {*least.who} <= {*mine.who}
                assert {*least.with_} <= {*mine.with_}
                assert {*least.to} <= {*mine.to}


def test_every_notice_is_registered_and_handled_at_every_gap(tree: Tree) -> None:
    for gap in tree.end_gaps:
        shared = neighbours_of(tree, gap).shared
        first = {d.placed.step.action: d.cites[0].section for d in shared[:2]}
        assert first == {"aktualisera": "roller-vuxen", "folja-checklistan": "roller-vuxen"}


def test_frames_hold_in_all_that_is_compared(tree: Tree) -> None:
    for _, one in described(tree):
        for frame in tree.frames:
            holds = [
                any(
                    frame in frames_in(tree, side.situation.facts, action)
                    for action in (None, *(p.step.action for p in placed_steps(tree, side.situation)))
                )
                for side in one.sides
            ]
            assert (frame in one.frames) == (all(holds) and not frame.see)
        for side in one.sides:
            own = {f.id for f in frames_of(tree, side.situation) if not f.see}
            assert {f.id for f in side.frames} == own - {f.id for f in one.frames}
    both = neighbours_of(tree, tree.get("barnfamilj-arende-pa-bada", Gap))
    assert {"oro-for-barnen", "barnets-ratt", "bokade-besok", "oanmalda-hembesok"} == {
        str(f.id) for f in both.frames
    }


@pytest.mark.parametrize(
    "name", ["skuld-och-storning", "barnfamilj-arende-pa-bada", "utan-barn-arende-barn-unga"]
)
def test_a_gap_s_page_says_first_who_decides_and_the_ways_on_then_what_holds_then_what_differs(
    tree: Tree, made: Mapping[str, str], name: str
) -> None:
    content = made[f"lucka/{name}.md"]
    page = html.fragment_fromstring(content.split("---\n", 2)[2], "div")
    headings = [h.text_content() for h in page.xpath(".//h2")]
    found = neighbours_of(tree, tree.get(name, Gap))
    certain = [d.placed.step.action for d in found.shared if d.placed.step.action in EVERY]
    only_alike = [d.placed.step.action for d in found.shared if d.placed.step.action not in EVERY]
    compared = [t("gap.alike")] if only_alike else []
    assert headings == [t("site.ways-on"), "Gäller ändå", *compared, t("gap.differs")]
    (decides,) = page.xpath(".//dl[@data-decides][following-sibling::h2[@id='vagar-vidare']]")
    assert decides.xpath("string(.//dd)")
    text = " ".join(page.text_content().split())
    frames = [*found.frames, *(f for one in found.comparisons for f in one.frames)]
    assert [str(s.text) for f in frames for s in f.statements if str(s.text) not in text] == []
    assert all(str(s.text) in text for topic in tree.topics if topic.always for s in topic.statements)
    for side in (side for one in found.comparisons for side in one.sides):
        (here, *_) = page.xpath(f".//*[@data-side='{side.situation.id}']")
        assert all(str(frame.title) in here.text_content() for frame in side.frames)
    shown = [[li.get("data-brief") for li in side.xpath(".//li")] for side in page.xpath(".//*[@data-side]")]
    assert sorted(shown) == sorted([p.id for p in s.steps] for one in found.comparisons for s in one.sides)
    # What only the neighbours have is never told as the routine's own, on the page or in a comparison.
    (holds,) = page.xpath(".//ul[@data-holds]")
    assert [li.get("data-duty") for li in holds] == certain
    alike = page.xpath(".//ul[@data-alike]")
    assert [li.get("data-duty") for ul in alike[: bool(only_alike)] for li in ul] == only_alike
    assert len(alike) == bool(only_alike) + len([one for one in found.comparisons if one.shared])
    for ul in alike:
        assert "verktygets jämförelse" in ul.xpath(
            "string(preceding-sibling::*[self::h2 or self::h3 or self::h4][1])"
        )


def test_one_neighbour_alone_holds_for_nothing_but_what_is_done_in_every_case() -> None:
    lekplats = checked(PLAYGROUND.read_text("utf-8"))
    found = neighbours_of(lekplats, lekplats.get("farlig-lampa", Gap))
    assert [d.placed.step.action for d in found.shared] == ["registrera"]
    assert found.comparisons
    for one in found.comparisons:
        (side,) = one.sides
        assert not one.shared
        steps = {p.id for p in placed_steps(lekplats, side.situation) if p.step.action != "registrera"}
        assert {p.id for p in side.steps} == steps
