"""The situations: a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from generator.locale import t
from generator.model import Ask, FactSets, Gap, Phase, Question, Section, Situation
from generator.pages.addresses import fragment
from generator.pages.gaps import WayOn, pointed
from generator.pages.in_short import in_short, own_lines
from generator.pages.page import Page
from generator.pages.site import Site
from generator.pages.swimlane import swimlane
from generator.routine.afterwards import afterwards
from generator.routine.boxes import domain, hull
from generator.routine.cases import Answer, settled
from generator.routine.in_all import in_all
from generator.routine.other_answers import OtherAnswer, other_answers
from generator.routine.outcomes import goes_on_to, onward_from
from generator.routine.reservations import gaps_at_frame
from generator.routine.steps import PlacedStep, frames_of, placed_steps, reordered_phases
from generator.routine.unclear import unclear


@dataclass(frozen=True)
class PhaseSteps:
    """A phase with its steps; ``reordered`` when the document has them later than what follows here."""

    phase: Phase
    steps: list[PlacedStep]
    reordered: bool = False


@dataclass(frozen=True)
class Other:
    """Where one other answer would have led: a title and a link."""

    answered: OtherAnswer
    title: str
    href: str


@dataclass(frozen=True)
class Reason:
    """An answer that leads to a situation, and the other answers to the same question."""

    answer: Answer
    question: Question
    others: list[Other]


def pages(site: Site) -> Iterator[Page]:
    """Yield the pages of all situations."""
    for situation in site.tree.situations:
        context = {
            "situation": situation,
            "facts": facts_before(site, situation),
            "groups": phases(site, situation),
            "section": site.tree.get(situation.source, Section),
            "way_on": _continuation(site, situation),
            "way_back": way_back(site, situation),
            "onward": onward_from(site.tree, situation),
            "ways_here": [reasons(site, situation, way) for way in site.ways_to(situation)],
            "swimlane": swimlane(site, situation),
            "brief": [] if situation.text else in_short(site, situation),
            "own_lines": [] if situation.text else own_lines(site, situation),
            "unclear": unclear(site.tree, situation),
            "statements": afterwards(site.tree, situation),
            "unclear_in": unclear_in(site, situation),
            "asked": site.gaps_on_the_way_to(situation),
            "words_folded": True,
        }
        path = f"situation/{situation.id}"
        title, template = situation.title, "situation.html.jinja"
        some = any(placed.step.hangs for placed in placed_steps(site.tree, situation))
        needs = ("navigator", "pictures", *(["settles"] if some else []))
        yield Page(path, title, template, context, needs, search_weight=2.0)


def unclear_in(site: Site, situation: Situation) -> dict[str, list[Gap]]:
    """Return the gaps at each frame of a situation, by its id: also those on the way that it points to."""
    frames = frames_of(site.tree, situation)
    there = pointed(site, frames, [situation])
    each = {f.id: (*gaps_at_frame(site.tree, f, situation), *there.get(f.id, ())) for f in frames}
    return {str(id): [gap for gap in site.tree.gaps if gap in gaps] for id, gaps in each.items()}


def facts_before(site: Site, situation: Situation) -> FactSets:
    """Return a situation's facts, with those that a case had in their place before it went on to it."""
    tree, each = site.tree, [dict(facts) for facts in situation.facts]
    for before in (tree.get(here, Situation) for here, there in goes_on_to(tree) if there == situation.id):
        was = hull(domain(tree), before.facts)
        for fact in before.continues.as_ if before.continues else ():
            for facts in each:
                own = facts.get(fact, ())
                facts[fact] = (*own, *(value for value in was.get(fact, ()) if value not in own))
    return tuple(each)


def reasons(site: Site, situation: Situation, answers: Sequence[Answer]) -> list[Reason]:
    """Return the answers of a way to a situation, each with what another would have led to."""
    facts = settled(tuple(answers))
    return [
        Reason(
            answer,
            site.tree.get(answer.node.ask, Question),
            [_other(site, n) for n in other_answers(site.tree, situation, facts, answer)],
        )
        for answer in answers
    ]


def _other(site: Site, answered: OtherAnswer) -> Other:
    href = f"{site.page_of(answered.at, 'nodes', 'situations', 'gaps')}#{fragment(answered.facts)}"
    if answered.at in site.tree.ids("nodes"):
        question = site.tree.get(site.tree.get(answered.at, Ask).ask, Question)
        return Other(answered, t("why.asks", question=question.text), href)
    return Other(answered, str(site.tree.get(answered.at, Situation, Gap).title), href)


def phases(site: Site, situation: Situation) -> list[PhaseSteps]:
    """Return a situation's steps by phase."""
    steps = placed_steps(site.tree, situation)
    return [
        PhaseSteps(site.tree.get(phase, Phase), list(group), phase in reordered_phases(site.tree, situation))
        for phase, group in groupby(steps, key=lambda placed: placed.step.phase)
    ]


def _continuation(site: Site, situation: Situation) -> WayOn | None:
    if situation.continues is None:
        return None
    node = site.tree.get(situation.continues.node, Ask)
    facts = fragment({**_answered(site, situation), "_fraga": node.id})
    title = site.tree.get(node.ask, Question).text
    return WayOn(t("site.continue"), title, f"{site.page_of(node.id, 'nodes')}#{facts}", "")


def _answered(site: Site, situation: Situation) -> dict[str, str]:
    """Return the answers that all who come to a situation have given."""
    each = [settled(way).items() for way in site.ways_to(situation)]
    return dict(in_all(each))


def pointed_to(site: Site, situation: Situation) -> str:
    """Return the address of a situation that a frame points to, with what whoever follows it has answered."""
    answers = fragment(_answered(site, situation))
    return site.page_of(situation.id, "situations") + (answers and f"#{answers}")


def way_back(site: Site, situation: Situation) -> WayOn | None:
    """Return the link to the question to begin again at, with the answers that all had given before it."""
    if situation.back is None:
        return None
    node = site.tree.get(situation.back.node, Ask)
    ways = site.paths.get(situation.id, ())
    asked = [way for way in ways if any(answer.node.id == node.id for answer in way)]
    before = [settled(tuple(takewhile(lambda a: a.node.id != node.id, way))).items() for way in asked]
    same = dict(in_all(before))
    carried = f"#{fragment(same)}" if same else ""
    question = site.tree.get(node.ask, Question)
    return WayOn("", str(question.text), f"{site.page_of(node.id, 'nodes')}{carried}", "")
