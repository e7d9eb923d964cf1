"""The introduction: the same steps for every unit, each filled with what is the unit's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.locale import t
from generator.model import Ask, Gap, Lesson, Option, Question, Situation, Unit
from generator.pages.in_short import marks_for
from generator.pages.page import Page
from generator.pages.questions import own_way
from generator.pages.site import Site
from generator.pages.units import SituationSteps, frames, gaps_for, own_steps, unassigned_steps
from generator.routine.steps import concerns, placed_steps


@dataclass(frozen=True)
class Turn:
    """An answer, and everything it can lead to, whatever the answers before; where that is our reading."""

    option: Option
    own: str
    questions: list[Question]
    situations: list[Situation]
    gaps: list[Gap]
    unwritten: list[Gap]


@dataclass(frozen=True)
class Stop:
    """A question on the way, with its answers."""

    question: Question
    turns: list[Turn]


@dataclass(frozen=True)
class OwnSituation:
    """A situation in the list of a unit's, with where it has a frame or is unclear, and those gaps."""

    part: SituationSteps
    marks: list[str]
    gaps: list[Gap]


def pages(site: Site) -> Iterator[Page]:
    """Yield the page that asks for the unit, and the introduction of each."""
    lessons = site.tree.introduction
    all_units = {"minutes": minutes(lessons)}
    yield Page("ny-har", t("intro.title"), "introductions.html.jinja", all_units, needs=("introduction",))
    for unit in site.tree.units if lessons else ():
        own = own_steps(site, unit)
        chosen = {str(id): _concerning(site, id, unit) for lesson in lessons for id in lesson.situations}
        told = [*(_concerning(site, part.situation.id, unit) for part in own), *chosen.values()]
        shows = {lesson.shows for lesson in lessons}
        duties = [duty for each in site.tree.units for duty in each.duties] if "units" in shows else []
        framed = frames(site, [*own, *unassigned_steps(site, unit)]) if "frames" in shows else []
        context = {
            "unit": unit,
            "units": own_first(site, unit),
            "minutes": minutes(lessons),
            "own_situations": [_own_situation(site, part, unit) for part in own],
            "chosen": chosen,
            "page_gaps": gaps_for(site, unit, told, [*duties, *framed]),
            "frames": framed,
            "way": way(site),
        }
        title = t("intro.unit-title", unit=unit.label)
        yield Page(f"ny-har/{unit.id}", title, "introduction.html.jinja", context, needs=("introduction",))


def _own_situation(site: Site, part: SituationSteps, unit: Unit) -> OwnSituation:
    gaps = gaps_for(site, unit, [_concerning(site, part.situation.id, unit)], ())
    return OwnSituation(part, marks_for(site.tree, part.situation, unit), gaps)


def minutes(lessons: tuple[Lesson, ...]) -> int:
    """Return how long all steps take."""
    return sum(lesson.minutes for lesson in lessons)


def own_first(site: Site, unit: Unit) -> list[Unit]:
    """Return all units, this one first."""
    return sorted(site.tree.units, key=lambda other: other != unit)


def way(site: Site) -> list[Stop]:
    """Return the questions in the tree's order, each once, with everything its answers can lead to."""
    return [Stop(q, [_turn(site, q, option) for option in q.options]) for q in site.tree.questions]


def _concerning(site: Site, id: str, unit: Unit) -> SituationSteps:
    """Return a situation's steps that name the unit, and those for which no unit is named."""
    situation = site.tree.get(id, Situation)
    placed = placed_steps(site.tree, situation)
    return SituationSteps(situation, [p for p in placed if unit in concerns(site.tree, p.step)])


def _turn(site: Site, question: Question, option: Option) -> Turn:
    tree = site.tree
    targets = dict.fromkeys(node.goto[option.id] for node in tree.nodes if node.ask == question.id)
    asked = {tree.get(id, Ask).ask for id in targets if id in tree.ids("nodes")}
    return Turn(
        option,
        own_way(site, question, option),
        [q for q in tree.questions if q.id in asked],
        [s for s in tree.situations if s.id in targets],
        [gap for gap in tree.gaps if gap.id in targets and gap.is_written],
        [end for end in tree.unwritten if end.id in targets],
    )
