"""What a step follows on, and the steps of all together, are told wherever a view picks some steps out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from generator.locale import t
from generator.model import Action, Condition, Phase, Situation, Tree
from generator.routine.reservations import reservations, reservations_on
from generator.routine.steps import PlacedStep, placed_steps, units_of
from generator.routine.wording import ranges
from tests.views import TREES, WHOLE, is_collective, made, named_beside, said, with_steps

PICKED = ("enhet/", "ny-har/", "lucka/")  # a unit's steps, or those that differ
COMPARED = ("vet-inte/", "lucka/")


def before(tree: Tree, placed: PlacedStep) -> list[PlacedStep]:
    """Return the steps that wait for an event that is asked for before the one of a step."""
    events: list[str] = []
    steps = placed_steps(tree, placed.situation)
    for step in (p.step for p in steps):
        if step.when and step.when not in events and tree.get(step.when, Condition).event:
            events.append(step.when)
    own = placed.step.when
    return [p for p in steps if own in events and p.step.when in events[: events.index(own)]]


def all_steps(tree: Tree) -> dict[str, PlacedStep]:
    return {p.id: p for situation in tree.situations for p in placed_steps(tree, situation)}


def shown_in(tree: Tree, situation: Situation) -> Iterator[tuple[Any, list[PlacedStep]]]:
    for column in tree.matrix:
        yield column, [p for p in placed_steps(tree, situation) if p.step.action in column.actions]


def test_a_visit_is_made_after_what_was_tried_before_it(tree: Tree) -> None:
    """A visit without notice is made where nobody was at home at the one before it."""
    visits = {"aviserat-hembesok": 0, "oanmalt-hembesok": 0}
    for placed in all_steps(tree).values():
        if placed.step.action in visits:
            earlier = {p.step.action for p in before(tree, placed)}
            assert placed.step.action != "oanmalt-hembesok" or "aviserat-hembesok" in earlier
            visits[placed.step.action] += bool(earlier)
    assert all(visits.values())


@pytest.mark.parametrize("name", TREES)
def test_a_cell_of_the_matrix_tells_the_conditions_of_the_steps_that_it_follows_on(name: str) -> None:
    tree, pages, printed = made(name)
    page, booklet = pages["matris"], printed["checklista/haftet.pdf"]["matrix"]
    legend = {
        m["mark"].lower(): m["text"] for part in booklet["legend"] for m in part["marks"] if "mark" in m
    }
    some = 0
    for situation, row in zip(tree.situations, booklet["rows"], strict=True):
        for (column, steps), cell in zip(shown_in(tree, situation), row["cells"], strict=True):
            own = {p.condition.text for p in steps if p.condition}
            expected = {p.condition.text for q in steps for p in before(tree, q) if p.condition} - own
            (td,) = page.xpath(f".//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            ids = [a.get("href")[1:] for a in td.xpath(".//a[@data-mark-before]")]
            told = [said(page.xpath(f".//*[@id='{id}']")[0]) for id in ids]
            assert len(told) == len(expected), (situation.id, column.id)
            assert all(any(text in one for one in told) for text in expected)
            lead = f"{t('matrix.after')} "
            after = ", ".join(part["after"].removeprefix(lead) for part in cell if "after" in part)
            numbers = after.split(", ") if after else []
            assert {legend[number] for number in numbers} == expected, (situation.id, column.id)
            some += len(expected)
    assert some or name != "real"


def test_the_matrix_in_the_booklet_is_explained_as_on_the_page() -> None:
    _, pages, printed = made("real")
    booklet, page = printed["checklista/haftet.pdf"]["matrix"], said(pages["matris"])
    assert booklet["lead"]
    assert [line for line in (*booklet["lead"], booklet["about"]) if line not in page] == []
    lead = said(pages["matris"].xpath(".//h1/following-sibling::p")[0])
    assert lead.removeprefix(t("site.matrix-lead")).strip() == " ".join(booklet["lead"])


def followed(tree: Tree, placed: PlacedStep, node: Any) -> bool:
    """Tell whether what a step follows on is told with it, and only then."""
    expected = before(tree, placed)
    links = node.xpath("./a[@data-follows]")
    if not expected:
        return not links
    steps = t("brief.steps", numbers=ranges(p.number for p in expected))
    (link,) = links
    there = f"situation/{placed.situation.id}.html#{expected[0].step.key}"
    return said(link) == t("site.follows", steps=steps) and bool(link.get("href").endswith(there))


@pytest.mark.parametrize("name", TREES)
def test_a_step_that_is_picked_out_tells_what_it_follows_on(name: str) -> None:
    tree, pages, _ = made(name)
    known, some = all_steps(tree), 0
    for path in (path for path in pages if path.startswith(PICKED)):
        for li in pages[path].xpath(".//li[@data-brief]"):
            placed = known[li.get("data-brief")]
            assert followed(tree, placed, li), (path, placed.id)
            some += bool(before(tree, placed))
    for action in tree.actions:
        for li in pages[f"atgard/{action.id}"].xpath(".//li[@data-steps]"):
            ids, places = li.get("data-steps").split(), li.xpath("./ul[@class='r-where']/li")
            assert all(followed(tree, known[id], place) for id, place in zip(ids, places, strict=True))
    assert some or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_duty_of_several_situations_tells_what_it_follows_on_in_all(name: str) -> None:
    tree, pages, _ = made(name)
    some = 0
    for path in (path for path in pages if path.startswith(COMPARED)):
        for li in pages[path].xpath(".//li[@data-duty]"):
            steps = [p for p in all_steps(tree).values() if p.step.action == li.get("data-duty")]
            when = [p for p in steps if p.condition and f"{p.condition.text}:" in said(li)]
            each = [{str(p.step.action) for p in before(tree, placed)} for placed in when]
            for action in set.intersection(*each) if each else set[str]():
                label = str(tree.get(action, Action).label)
                (line,) = li.xpath(".//p[@data-follows]")
                assert label.casefold() in said(line).casefold(), path
                some += 1
    assert some or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_unit_s_paper_has_what_its_steps_cannot_be_read_without(name: str) -> None:
    """What they follow on, and what stands before them in their phase: they may say "at the same time"."""
    tree, _, printed = made(name)
    some = 0
    for situation in with_steps(tree):
        steps = {p.number: p for p in placed_steps(tree, situation)}
        for unit in units_of(tree, situation):
            (checklist,) = [printed[f"checklista/{situation.id}--{unit.id}.pdf"]["checklist"]]
            shown = {s["number"] for phase in checklist["phases"] for s in phase["steps"]}
            told = ""
            for phase in checklist["phases"]:
                told += " ".join(phase.get("before", ()))
                mine = [steps[s["number"]] for s in phase["steps"]]
                same = [p for p in steps.values() if p.step.phase == mine[0].step.phase]
                needed = [p for p in same if p.number < mine[-1].number]
                needed += [p for placed in mine for p in before(tree, placed)]
                for placed in (p for p in needed if p.number not in shown):
                    assert f"steg {placed.number}: {placed.with_condition}" in told, (situation.id, unit.id)
                    some += 1
            texts = [line for phase in checklist["phases"] for line in phase.get("before", ())]
            assert len(set(texts)) == len(texts)
        whole = printed[f"checklista/{situation.id}.pdf"]["checklist"]
        assert not [phase for phase in whole["phases"] if "before" in phase]
    assert some or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_what_is_told_of_others_steps_on_a_unit_s_paper_keeps_its_reservations(name: str) -> None:
    tree, _, printed = made(name)
    marked = about = 0
    for situation in tree.situations:
        steps = {p.number: p for p in placed_steps(tree, situation)}
        for unit in units_of(tree, situation):
            paper = printed[f"checklista/{situation.id}--{unit.id}.pdf"]["checklist"]
            told = [line for phase in paper["phases"] for line in phase.get("before", ())]
            titles = [gap["title"] for gap in paper["gaps"]]
            shown = [steps[s["number"]] for phase in paper["phases"] for s in phase["steps"]]
            # A step that says more of others cannot be read without them: it seems to be about one's own.
            of = [
                p
                for q in shown
                for p in steps.values()
                if p.step.action in tree.get(q.step.action, Action).about
            ]
            lines = {
                p.number: [line for line in told if f"steg {p.number}: " in line] for p in steps.values()
            }
            assert [p.id for p in of if p not in shown and not lines[p.number]] == [], unit.id
            about += len([p for p in of if p not in shown])
            for placed in (p for p in steps.values() if lines[p.number]):
                (line,) = lines[placed.number]
                qualifies = reservations(tree, placed)
                parts = [
                    str(tree.get(placed.step.phase, Phase).label),
                    placed.with_condition,
                    str(qualifies.note or ""),
                ]
                parts += [str(frame.title) for frame in qualifies.frames]
                numbers = ", ".join(str(titles.index(gap.title) + 1) for gap in qualifies.gaps)
                parts += [f"{t('paper.unclear_see')} {numbers}."] if numbers else []
                assert [part for part in parts if part not in line] == [], (situation.id, placed.id)
                marked += bool(numbers)
    assert (marked and about) or name != "real"


@pytest.mark.parametrize("name", WHOLE)
def test_every_unit_is_told_the_same_of_the_steps_of_all_together(name: str) -> None:
    tree, pages, printed = made(name)
    collectives, some = [p.name.capitalize() for p in tree.parties if p.collective], 0
    for situation in with_steps(tree):
        together = [p for p in placed_steps(tree, situation) if is_collective(tree, p)]
        numbers = ranges(p.number for p in together) if together else ""
        for unit in tree.units:
            (line,) = pages[f"situation/{situation.id}"].xpath(f".//*[@data-mine='{unit.id}'][dt]/dd")
            assert bool(re.match(rf"({'|'.join(collectives)}): steg", said(line))) == bool(together)
            assert f": steg {numbers}. Rutinen säger inte vilken enhet" in said(line) or not together
            own = pages[f"enhet/{unit.id}"]
            shared = own.xpath(f".//details[@id='gemensamt-{situation.id}']//li[@data-brief]")
            assert not together or unit not in units_of(tree, situation) or shared
            among = {li.get("data-brief") for li in shared}
            assert among.issuperset(p.id for p in together) or not shared
            steps = own.xpath(f".//h3[@id='i-{situation.id}']/following-sibling::*[1]//li[@data-brief]")
            assert not {p.id for p in together} & {li.get("data-brief") for li in steps}
            some += len(together)
        for unit in units_of(tree, situation):
            paper = printed[f"checklista/{situation.id}--{unit.id}.pdf"]["checklist"]
            there = {s["number"] for phase in paper["phases"] for s in phase["steps"]}
            assert there.issuperset(p.number for p in together)
        for column, shown in shown_in(tree, situation):
            if any(p in together for p in shown):
                (td,) = pages["matris"].xpath(f".//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
                assert td.get("data-for").split() == [str(unit.id) for unit in tree.units]
    assert some


@pytest.mark.parametrize("name", WHOLE)
def test_the_introductions_of_all_units_have_the_steps_of_all_together(name: str) -> None:
    tree, pages, _ = made(name)
    chosen = {str(id) for lesson in tree.introduction for id in lesson.situations}
    some = 0
    for unit in tree.units:
        there = {li.get("data-brief") for li in pages[f"ny-har/{unit.id}"].xpath(".//li[@data-brief]")}
        for placed in all_steps(tree).values():
            if str(placed.situation.id) in chosen and is_collective(tree, placed):
                assert placed.id in there, unit.id
                some += 1
    assert some or name != "real"


@pytest.mark.parametrize("name", WHOLE)
def test_a_unit_s_line_leaves_no_step_out_that_may_be_its_own(name: str) -> None:
    tree, pages, _ = made(name)
    some = 0
    for situation in with_steps(tree):
        steps = placed_steps(tree, situation)
        for unit in tree.units:
            (line,) = pages[f"situation/{situation.id}"].xpath(f".//*[@data-mine='{unit.id}'][dt]/dd")
            nobodys = [
                p for p in steps if not is_collective(tree, p) and not tree.ids("units") & set(p.step.who)
            ]
            may_be = unit in units_of(tree, situation) or any(is_collective(tree, p) for p in steps)
            numbers = ranges(p.number for p in nobodys) if nobodys else ""
            text = t("brief.nobody", steps=t("brief.steps", numbers=numbers))
            assert (text in said(line)) == bool(nobodys and may_be), (situation.id, unit.id)
            said_beside = [p for p in steps if named_beside(tree, p)]
            assert all(f"utom för steg {p.number}: se steg" in said(line) for p in said_beside)
            some += bool(nobodys and may_be)
    assert some


@pytest.mark.parametrize("name", WHOLE)
def test_the_mentor_s_checklist_names_where_the_answers_leave_off(name: str) -> None:
    tree, pages, printed = made(name)
    some = 0
    for unit in tree.units:
        for at, lesson in enumerate(tree.introduction):
            if lesson.shows == "way":
                paper = " ".join(printed[f"ny-har/{unit.id}.pdf"]["lessons"][at]["points"])
                page = pages[f"ny-har/{unit.id}"].xpath(f".//section[@data-lesson='{lesson.id}']//ol")[0]
                links = page.xpath(".//li/ul/li/a[contains(@href, 'lucka/')]")
                assert [said(a) for a in links if said(a) not in paper] == []
                some += len(links)
    assert some or not any(lesson.shows == "way" for lesson in tree.introduction)


@pytest.mark.parametrize("name", WHOLE)
def test_a_section_s_page_has_every_frame_of_its_situations(name: str) -> None:
    tree, pages, _ = made(name)
    some = 0
    for path in (path for path in pages if path.startswith("avsnitt/")):
        for details in pages[path].xpath(".//details[@data-situation]"):
            situation = tree.get(details.get("data-situation"), Situation)
            qualifying = [reservations_on(tree, situation)]
            qualifying += [reservations(tree, placed) for placed in placed_steps(tree, situation)]
            for frame in (frame for each in qualifying for frame in each.frames):
                assert pages[path].xpath(f".//div[@id='ram-{frame.id}']"), (path, frame.id)
                some += 1
    assert some
