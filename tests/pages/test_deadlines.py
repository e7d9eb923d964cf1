"""How long there is for a step is told first, in every view that shows the step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.data.rutin_json import step
from generator.diff.compare import compare
from generator.locale import capitalized
from generator.model import Action, Deadline, Situation, Text, Tree
from generator.pages.printed_step import printed_step
from generator.pages.record.record import record
from generator.pages.report.changes import as_text, report
from generator.pages.site import Site
from generator.routine.shared_duties import varying_in
from generator.routine.steps import PlacedStep, placed_steps
from generator.routine.wording import deadline
from tests.conftest import checked
from tests.playground import TREE
from tests.views import made, said, with_steps

FULL = TREE.read_text("utf-8")
REPEATED = "    same_steps_as: trasig-lampa\n"


@pytest.fixture(scope="module")
def site() -> Site:
    return Site.of(checked(FULL), FULL)


def timed(tree: Tree) -> Iterator[PlacedStep]:
    for situation in tree.situations:
        yield from (placed for placed in placed_steps(tree, situation) if placed.step.within)


@pytest.mark.parametrize(
    ("count", "of", "start", "said"),
    [
        (24, "hours", "larmet", "inom 24 timmar från larmet"),
        (1, "hours", "larmet", "inom 1 timme från larmet"),
        (1, "days", "larmet", "inom 1 dag från larmet"),
        (0, "days", "larmet", "samma dag som larmet"),
        (0, "working-days", None, "samma arbetsdag (rutinen säger inte från när)"),
        (2, "working-days", None, "inom 2 arbetsdagar (rutinen säger inte från när)"),
    ],
)
def test_a_deadline_is_read_as_it_is_said(count: int, of: str, start: str | None, said: str) -> None:
    start_at = Text(start) if start else None
    assert deadline(Deadline(count=count, of=Text(of), from_=start_at)) == said


def test_it_stands_first_wherever_the_step_is_told(site: Site) -> None:
    shown = {path: said(page) for path, page in made("playground")[1].items()}
    found = list(timed(site.tree))
    assert found
    for placed in found:
        first = f"{capitalized(placed.within)}: "
        tasks = [told["task"] for told in record(site, placed.situation)["steps"]]
        assert any(first in task for task in tasks)
        assert printed_step(site, placed)["sentence"].startswith(first)
        opening = f"{placed.condition.text}: " if placed.step.facts and placed.condition else ""
        assert step(site, placed)["sentence"].startswith(f"{opening}{first}")
        units = [f"enhet/{unit}" for unit in placed.step.who if unit in site.tree.ids("units")]
        for path in (f"situation/{placed.situation.id}", f"atgard/{placed.step.action}", *units):
            assert placed.sentence in shown[path], path


def test_the_views_without_sentences_tell_it_too(site: Site) -> None:
    shown = {path: said(page) for path, page in made("playground")[1].items()}
    for placed in timed(site.tree):
        label = str(site.tree.get(placed.step.action, Action).label)
        assert f"{capitalized(placed.within)}: {label}" in shown["matris"]
        assert shown[f"situation/{placed.situation.id}"].count(placed.within) > 1


def test_the_card_says_which_steps_have_how_long_and_never_that_there_is_no_time(site: Site) -> None:
    _, pages, _ = made("playground")
    for situation in with_steps(site.tree):
        (card,) = pages[f"situation/{situation.id}"].xpath(".//*[@class='r-brief']")
        told = said(card)
        within = [placed for placed in timed(site.tree) if placed.situation is situation]
        for placed in within:
            assert f"Tid steg {placed.number}{capitalized(placed.within)}: " in told
            assert card.xpath(f".//dt/a[@href='#{placed.step.key}']")
        urgent = any(placed.is_urgent for placed in placed_steps(site.tree, situation))
        assert ("rutinen anger ingen" in told) is not bool(within or urgent)


def test_another_deadline_is_another_duty(site: Site) -> None:
    longer = checked(FULL.replace("{count: 3, of: working-days", "{count: 4, of: working-days", 1))
    difference = compare(site.tree, longer)
    assert difference.of_duty
    told = as_text(report(difference))
    assert "tid: ”inom 3 arbetsdagar från felanmälan” blir ”inom 4 arbetsdagar från felanmälan”" in told


def test_what_several_situations_come_to_has_no_deadline_that_only_some_of_them_have() -> None:
    other = "    except: [{step: laga, within: {count: 9, of: days}}]\n"
    tree = checked(FULL.replace(REPEATED, REPEATED + other, 1))
    both = [tree.get(id, Situation) for id in ("trasig-lampa", "upprepad-lampa")]
    (least,) = (
        found.least for found in varying_in(tree, [(s.id,) for s in both], ()) if found.action.id == "laga"
    )
    assert least is not None
    assert least.placed.within == ""
    assert "arbetsdagar" not in least.placed.sentence
