"""A situation's page and its card have what qualifies the situation."""

from __future__ import annotations

import pytest

from generator.locale import t
from generator.model import Gap, Situation, Tree
from generator.routine.reservations import reservations_on
from generator.routine.steps import PlacedStep, frames_of, placed_steps, units_in, units_of
from generator.routine.wording import ranges
from tests.views import (
    TREES,
    WHOLE,
    in_full,
    is_about,
    is_collective,
    made,
    named_in,
    of,
    said,
    steps,
    untold,
    with_steps,
)


def test_the_card_marks_that_attending_at_an_eviction_has_an_exception() -> None:
    for household in ("barnfamilj", "utan-barn"):
        page = made("real")[1][f"situation/kronofogden-{household}"]
        (line,) = page.xpath(".//section[@class='r-brief']//div[starts-with(dt, 'Vid avhysningen')]/dd")
        assert t("matrix.condition") in [said(mark) for mark in line.xpath(".//*[@class='r-mark']")]


def test_a_word_of_the_tool_s_own_in_a_title_is_said_to_be_so(tree: Tree) -> None:
    word, pages = "enstaka", made("real")[1]
    own = [s for s in tree.situations if word in s.title.casefold()]
    for situation in own:
        (entry,) = pages[f"situation/{situation.id}"].xpath(f".//dl/div[dt='{word.capitalize()}']/dd")
        assert "I övriga situationer är det verktygets ord" in said(entry)
    assert len(own) > 5


def of_whole_alone(tree: Tree, situation: Situation) -> list[Gap]:
    """Return the gaps about a whole situation that stand at no step of it."""
    at_steps = {g.id for p, q in steps(tree) if p.situation is situation for g in q.gaps}
    return [gap for gap in reservations_on(tree, situation).gaps if gap.id not in at_steps]


@pytest.mark.parametrize("name", TREES)
def test_the_card_tells_each_unit_where_a_frame_or_gap_is_about_it(name: str) -> None:
    tree, pages, _ = made(name)
    of_others = {"frame": 0, "unclear": 0, "whole": 0, "noted": 0}
    for situation in with_steps(tree):
        for unit in tree.units:
            (line,) = pages[f"situation/{situation.id}"].xpath(f".//*[@data-mine='{unit.id}'][dt]")
            found: dict[str, list[PlacedStep]] = {"frame": [], "unclear": []}
            for placed, qualifies in ((p, q) for p, q in steps(tree) if p.situation is situation):
                mine = of(tree, unit, placed)
                if any(mine or unit in named_in(tree, frame) for frame in qualifies.frames):
                    found["frame"].append(placed)
                if any(mine or is_about(tree, situation, gap, unit) for gap in qualifies.gaps):
                    found["unclear"].append(placed)
            numbers = {kind: ranges(p.number for p in each) for kind, each in found.items() if each}
            at_steps = {kind: t("brief.steps", numbers=n) for kind, n in numbers.items()}
            told = [t("brief.frame-at", steps=at_steps["frame"])] if "frame" in numbers else []
            if any(is_about(tree, situation, gap, unit) for gap in of_whole_alone(tree, situation)):
                told.append(t("brief.unclear-for", steps=t("brief.whole")))
                of_others["whole"] += unit not in units_of(tree, situation)
            told += [t("brief.unclear-at", steps=at_steps["unclear"])] if "unclear" in numbers else []
            marks = [said(mark) for mark in line.xpath(".//*[@class='r-mark']")]
            own = [p for p in placed_steps(tree, situation) if unit in units_in(tree, p.step)]
            noted = sum(p.step.note is not None for p in own)
            assert marks.count(t("matrix.condition")) == sum(p.condition is not None for p in own)
            assert marks.count(t("matrix.note")) == noted
            kinds = {t("matrix.condition"), t("matrix.note")}
            assert [mark for mark in marks if mark not in kinds] == told, (situation.id, unit.id)
            of_others["noted"] += noted
            for kind, each in found.items():
                of_others[kind] += sum(not of(tree, unit, p) for p in each)
    assert all(of_others.values()) or name != "real"


@pytest.mark.parametrize("name", WHOLE)
def test_what_always_holds_stands_on_every_situation(name: str) -> None:
    tree, pages, _ = made(name)
    always = [statement for topic in tree.topics if topic.always for statement in topic.statements]
    assert always
    for situation in tree.situations:
        folded = pages[f"situation/{situation.id}"].xpath(".//details[@id='efter-kontakt']")
        text = " ".join(said(each) for each in folded)
        assert [str(s.text) for s in always if s.text not in text] == [], situation.id
        duties = [duty for unit in units_of(tree, situation) for duty in unit.duties]
        assert [str(duty.text) for duty in duties if duty.text not in text] == [], situation.id


@pytest.mark.parametrize("name", TREES)
def test_a_phase_says_once_that_its_steps_wait(name: str) -> None:
    tree, pages, _ = made(name)
    several = 0
    for situation in tree.situations:
        for phase in pages[f"situation/{situation.id}"].xpath(".//*[@class='r-phase']"):
            events = phase.xpath("./*[@data-event]")
            assert len(phase.xpath(".//*[@data-waits]")) == bool(events)
            several += len(events) > 1
    assert several or name != "real"


@pytest.mark.parametrize("name", WHOLE)
def test_the_card_says_of_each_unit_when_it_is_told_and_when_it_acts(name: str) -> None:
    tree, pages, _ = made(name)
    kinds, words = set(), set[str]()
    for situation in with_steps(tree):
        placed = placed_steps(tree, situation)
        for unit in tree.units:
            (line,) = pages[f"situation/{situation.id}"].xpath(f".//*[@data-mine='{unit.id}'][dt]")
            acts = [p.number for p in placed if unit.id in {*p.step.who, *p.step.with_}]
            takes = [p.number for p in placed if unit.id in p.step.who]
            told_at = [p.number for p in placed if unit.id in p.step.to and p.number not in acts]
            together = [p.number for p in placed if is_collective(tree, p)]
            parts = {"Får veta": told_at, "Är med": [n for n in acts if n not in takes], "Gör": takes}
            expected = sorted((ns[0], f"{word} i steg {ns[0]}") for word, ns in parts.items() if ns)
            links = [said(a) for a in line.xpath("dd/a[starts-with(@href, '#')]")]
            assert [link for link in links if " i steg " in link] == [text for _, text in expected]
            assert ("nämner inte enheten" in said(line)) == (not expected)
            numbers = ranges(together) if together else ""
            told = f": steg {numbers}. Rutinen säger inte vilken enhet"
            assert (told in said(line)) == bool(together)
            kinds.add((len(expected), bool(together)))
            words |= {text.split(" i steg")[0] for _, text in expected}
    assert {0, 1, 2} <= {links for links, _ in kinds}
    assert {False, True} == {shared for _, shared in kinds}
    assert {"Gör", "Är med"} <= words or name != "real"


@pytest.mark.parametrize("name", WHOLE)
def test_the_card_names_the_steps_that_bear_a_mark_and_no_other(name: str) -> None:
    tree, pages, _ = made(name)
    marked = 0
    for situation in tree.situations:
        page = pages[f"situation/{situation.id}"]
        bearing = [
            li.get("value")
            for li in page.xpath(".//li[@data-step]")
            if li.xpath(".//details[@data-gaps]") or "oklart, se steg" in said(li).casefold()
        ]
        whole = [t("brief.whole")] if t("brief.unclear-whole") in said(page) else []
        expected = [*whole, *([t("brief.steps", numbers=ranges(map(int, bearing)))] if bearing else [])]
        lines = page.xpath(f".//section[@class='r-brief']//div[dt='{t('brief.unclear')}']/dd")
        assert [said(line) for line in lines] == ([", ".join(expected)] if expected else []), situation.id
        marked += len(bearing)
    assert marked


@pytest.mark.parametrize("name", TREES)
def test_a_frame_or_gap_of_the_whole_situation_stands_on_its_page(name: str) -> None:
    tree, pages, _ = made(name)
    for situation in tree.situations:
        page = pages[f"situation/{situation.id}"]
        frames = list(in_full(frames_of(tree, situation)))
        assert [part for part in frames if part not in said(page)] == []
        assert untold(page, page, reservations_on(tree, situation).gaps) == []
