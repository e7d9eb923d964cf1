"""Gaps: a page for each that ends a path, with what holds all the same, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from generator.locale import strings, t
from generator.model import Ask, FactSet, Frame, Gap, Question, Situation, Topic, Tree
from generator.pages.addresses import fragment
from generator.pages.page import Page
from generator.pages.site import Site
from generator.routine.afterwards import always
from generator.routine.boxes import domain, meets, within
from generator.routine.cases import settled, walk, with_facts
from generator.routine.neighbours import (
    Comparison,
    Neighbours,
    frames_near,
    holds_in_some,
    neighbours_of,
)
from generator.routine.passages import Passage
from generator.routine.reservations import gaps_at_frame, unclear_on_the_way
from generator.routine.routes import boxes_of
from generator.routine.shared_duties import SharedDuty, in_every_case
from generator.routine.steps import frames_of, open_gaps


@dataclass(frozen=True)
class WayOn:
    """A link from an end: its label, where it leads, and the facts it puts in place of others."""

    label: str
    title: str
    href: str
    as_facts: str


@dataclass(frozen=True)
class Compared:
    """A comparison under the answers that it is for."""

    id: str
    title: str
    comparison: Comparison


@dataclass(frozen=True)
class Group:
    """Comparisons with the same first answer, and the frames that hold in all of them.

    ``anchors`` say where on the page a frame stands that holds in all of them.
    """

    title: str
    frames: list[Frame]
    anchors: dict[str, str]
    each: list[Compared]


@dataclass(frozen=True)
class Holds:
    """What holds at a gap all the same; ``elsewhere`` are frames that only point to another situation."""

    duties: list[SharedDuty]
    frames: list[Frame]
    elsewhere: list[Frame]
    topics: list[Topic]


def pages(site: Site) -> Iterator[Page]:
    """Yield the pages of the gaps that end a path, and the list of all gaps."""
    tree = site.tree
    for gap in tree.end_gaps:
        if not gap.is_written:
            yield Page(f"lucka/{gap.id}", gap.title, "unwritten.html.jinja", {"gap": gap}, ("navigator",))
            continue
        found, holds = neighbours_of(tree, gap), holds_at(tree, gap)
        context = {
            "gap": gap,
            "ways": ways_on(site, gap),
            "holds": holds,
            "alike": [one for one in found.shared if one.duty not in in_every_case(tree)],
            "frames_alike": [frame for frame in found.frames if frame not in holds.frames],
            "groups": groups(found),
            "is_own_way": lambda one: is_own_way(site, one),
            "pointed": pointed_at(site, gap),
            "anchors": _anchors(found.frames, 0),
            "page_gaps": _shown(site, found),
            "words_folded": True,
        }
        yield Page(f"lucka/{gap.id}", gap.title, "gap.html.jinja", context, needs=("navigator",))
    yield Page(
        "luckor", t("site.gaps"), "gaps.html.jinja", {"shelves": by_weight(tree), "words_folded": True}
    )


def is_own_way(site: Site, one: Comparison) -> bool:
    """Tell whether a case that is compared comes by an answer whose way on is the tool's reading."""
    ways = [way for side in one.sides for way in site.paths.get(side.situation.id, ())]
    asked = [a for way in ways for a in way if one.answers.get(a.node.ask) is a.option]
    return any(answer.option.id in answer.node.own for answer in asked)


def holds_at(tree: Tree, gap: Gap) -> Holds:
    """Return what the routine says of every case that ends at a gap."""
    found, every = neighbours_of(tree, gap), in_every_case(tree)
    return Holds(
        [replace(one, cites=every[one.duty]) for one in found.shared if one.duty in every],
        [frame for frame in frames_of(tree, gap) if frame in found.frames],
        elsewhere(tree, [Passage(str(gap.id), box, ()) for box in boxes_of(gap)]),
        always(tree),
    )


def frames_besides(tree: Tree, gap: Gap) -> list[tuple[FactSet, Frame]]:
    """Return the frames that hold in those of a gap's cases that give one fact a value, each with that.

    With nothing, those on what is done in the situations next to it that hold in all of its cases.
    """
    boxes, held, known = boxes_of(gap), frames_of(tree, gap), domain(tree)
    among = (f for f in tree.frames if not f.on.action and not f.see and f not in held)
    found = [*(f for f in among if holds_in_some(tree, gap, f)), *frames_near(tree, gap)]
    in_all = [f for f in found if all(within(known, box, f.on.facts) for box in boxes)]
    hanging = ({} if frame in in_all else frame.on.facts for frame in found)
    return [each for each in zip(hanging, found, strict=True) if len(each[0]) < 2]


def elsewhere(tree: Tree, passed: Iterable[Passage]) -> list[Frame]:
    """Return the frames that point elsewhere in some of the cases; those that say the same as one.

    None points to where a case comes from.
    """
    found, among = dict[object, Frame](), list(passed)
    for frame in (frame for frame in tree.frames if frame.see and not frame.on.action):
        new = (p for p in among if set(p.ends).isdisjoint(frame.see))
        if any(meets(domain(tree), passage.cases, frame.on.facts) for passage in new):
            said = (frame.title, *(statement.text for statement in frame.statements))
            before = found.get(said)
            found[said] = replace(before, see=(*before.see, *frame.see)) if before else frame
    return list(found.values())


def pointed(site: Site, frames: Iterable[Frame], ends: Iterable[Situation]) -> dict[str, tuple[Gap, ...]]:
    """Return what is unclear at each frame that points elsewhere, by its id.

    That is also what is unclear on the way from there to these situations.
    """
    tree, there = site.tree, list(ends)
    asked = {question for situation in there for question in site.questions_to(situation)}
    found = {}
    for frame in (frame for frame in frames if frame.see):
        gaps = {gap.id for situation in there for gap in gaps_at_frame(tree, frame, situation)}
        gaps.update(gap.id for gap in unclear_on_the_way(tree, frame.see, asked))
        found[str(frame.id)] = tuple(gap for gap in tree.gaps if gap.id in gaps)
    return found


def pointed_at(site: Site, gap: Gap) -> dict[str, tuple[Gap, ...]]:
    """Return what is unclear on the way from where the frames at a gap point to, by each frame's id."""
    sides = (side for one in neighbours_of(site.tree, gap).comparisons for side in one.sides)
    return pointed(site, holds_at(site.tree, gap).elsewhere, (side.situation for side in sides))


def by_weight(tree: Tree) -> list[tuple[str, list[Gap]]]:
    """Return the gaps by how much they weigh, each weight with its name."""
    written = [gap for gap in tree.gaps if gap.is_written]
    each = [(label, [g for g in written if g.weight == id]) for id, label in strings()["weights"].items()]
    return [(label, gaps) for label, gaps in each if gaps]


def groups(found: Neighbours) -> list[Group]:
    """Return the comparisons in the order of the questions' options, by the first answer that differs."""
    first, rest = found.varying[:1], found.varying[1:]
    ordered = sorted(found.comparisons, key=lambda one: _order(found.varying, one))
    grouped = groupby(ordered, key=lambda one: _answers(first, one))
    made = []
    for number, (title, members) in enumerate(grouped, start=1):
        each = list(members)
        described = [one.frames for one in each if not one.gaps]
        frames = [
            frame
            for frame in (described[0] if described else ())
            if frame not in found.frames and all(frame in others for others in described)
        ]
        anchors = _anchors(found.frames, 0) | _anchors(frames, number)
        compared = [Compared(_id(one), _answers(rest, one), one) for one in each]
        made.append(Group(title, frames, anchors, compared))
    return made


def _anchors(frames: Sequence[Frame], number: int) -> dict[str, str]:
    return {str(frame.id): f"ram-{number}-{frame.id}" for frame in frames}


def _order(questions: Sequence[Question], one: Comparison) -> list[int]:
    return [q.options.index(one.answers[q.id]) if q.id in one.answers else -1 for q in questions]


def _answers(questions: Sequence[Question], one: Comparison) -> str:
    return ", ".join(str(one.answers[q.id].short) for q in questions if q.id in one.answers)


def _id(one: Comparison) -> str:
    return "-".join(("fall", *(f"{question}-{option.id}" for question, option in one.answers.items())))


def _shown(site: Site, found: Neighbours) -> tuple[Gap, ...]:
    """Return the gaps of all situations, steps and frames on the page, each once, in the tree's order."""
    sides = [side for one in found.comparisons for side in one.sides]
    places = [id for side in sides for id in (str(side.situation.id), *(p.id for p in side.steps))]
    duties = [*found.shared, *(duty for one in found.comparisons for duty in one.shared)]
    frames = [*found.frames, *(frame for one in found.comparisons for frame in one.frames)]
    shown = {gap.id for gap in (*open_gaps(site.tree, *places), *(g for duty in duties for g in duty.gaps))}
    shown |= {gap.id for frame in frames for gap in gaps_at_frame(site.tree, frame)}
    return tuple(gap for gap in site.tree.gaps if gap.id in shown)


def ways_on(site: Site, gap: Gap) -> list[WayOn]:
    """Return the links from a gap, one for each way of answers that leads there."""
    found: dict[str, WayOn] = {}
    for answers in site.paths.get(gap.id, ()):
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
