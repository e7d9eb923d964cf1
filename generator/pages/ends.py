"""The ends of the tree: a page per situation, and per gap that a path ends in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.locale import t
from generator.model import Ask, Gap, Phase, Question, Section, Situation
from generator.pages.addresses import fragment
from generator.pages.page import Page
from generator.pages.site import Site
from generator.pages.swimlane import swimlane
from generator.routine.cases import Answer, settled, walk, with_facts
from generator.routine.other_answers import OtherAnswer, other_answers
from generator.routine.steps import PlacedStep, placed_steps


@dataclass(frozen=True)
class Group:
    """A phase with its steps."""

    phase: Phase
    steps: list[PlacedStep]


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


@dataclass(frozen=True)
class WayOn:
    """A link from an end: its label, where it leads, and the facts it puts in place of others."""

    label: str
    title: str
    href: str
    as_facts: str


def pages(site: Site) -> Iterator[Page]:
    """Yield the pages of all situations and of the gaps that end a path."""
    for situation in site.tree.situations:
        context = {
            "situation": situation,
            "groups": phases(site, situation),
            "section": site.tree.get(situation.source, Section),
            "way_on": _continuation(site, situation),
            "reasons": reasons(site, situation),
            "swimlane": swimlane(site, situation),
        }
        path = f"situation/{situation.id}"
        title, template = situation.title, "situation.html.jinja"
        yield Page(path, title, template, context, needs=("navigator", "pictures"), search_weight=2.0)
    for gap in site.tree.end_gaps:
        context = {"gap": gap, "ways": ways_on(site, gap)}
        yield Page(f"lucka/{gap.id}", gap.title, "gap.html.jinja", context, needs=("navigator",))


def reasons(site: Site, situation: Situation) -> list[Reason]:
    """Return the answers that lead to a situation, each with what another would have led to."""
    answers = site.answers_to(situation.id)
    facts = settled(answers)
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


def phases(site: Site, situation: Situation) -> list[Group]:
    """Return a situation's steps by phase."""
    steps = placed_steps(site.tree, situation)
    return [
        Group(site.tree.get(phase, Phase), list(group))
        for phase, group in groupby(steps, key=lambda placed: placed.step.phase)
    ]


def _continuation(site: Site, situation: Situation) -> WayOn | None:
    if situation.continues is None:
        return None
    node = site.tree.get(situation.continues.node, Ask)
    facts = fragment({**settled(site.answers_to(situation.id)), "_fraga": node.id})
    title = site.tree.get(node.ask, Question).text
    return WayOn(t("site.continue"), title, f"{site.page_of(node.id, 'nodes')}#{facts}", "")


def ways_on(site: Site, gap: Gap) -> list[WayOn]:
    """Return the links from a gap, one for each way of answers that leads there."""
    found: dict[str, WayOn] = {}
    for answers in site.paths[gap.id]:
        facts = settled(answers)
        if walk(site.tree, facts).at != gap.id:
            continue  # came by way of another situation, with the same ways on
        for way in gap.ways:
            changed = with_facts(facts, way.as_)
            target = walk(site.tree, changed).at
            carried = fragment({**changed, "_lucka": gap.id})
            href = f"{site.page_of(target, 'nodes', 'situations', 'gaps')}#{carried}"
            as_facts = fragment(with_facts({}, way.as_))
            found.setdefault(href, WayOn(way.label, _title(site, target, changed), href, as_facts))
    return list(found.values())


def _title(site: Site, target: str, facts: dict[str, str]) -> str:
    if target not in site.tree.ids("nodes"):
        return str(site.tree.get(target, Situation, Gap).title)
    question = site.tree.get(site.tree.get(target, Ask).ask, Question)
    shorts = [a.option.short for a in walk(site.tree, facts).answers]
    return f"{', '.join(shorts)}: {question.text}"
