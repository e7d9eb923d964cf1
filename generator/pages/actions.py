"""The actions: their index, and a page for each with every step that takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.locale import t, uncapitalized
from generator.model import Action, Column, Frame, Gap, Situation, Tree
from generator.pages.facts import in_words
from generator.pages.page import Page
from generator.pages.site import Site
from generator.routine.beside import unclear_beside
from generator.routine.in_all import in_all
from generator.routine.outcomes import goes_on_to
from generator.routine.reservations import (
    gaps_at_frame,
    left_out,
    reservations,
    reservations_on,
    unclear_on_the_way,
)
from generator.routine.steps import PlacedStep, occurrences, open_gaps


@dataclass(frozen=True)
class SameSteps:
    """Steps of several situations that say the same, and the frames and gaps that all of them have."""

    steps: list[PlacedStep]
    frames: list[Frame]
    gaps: list[Gap]


def pages(site: Site) -> Iterator[Page]:
    """Yield the index, and the page of each action."""
    yield Page("atgarder", t("site.actions"), "actions.html.jinja", {})
    yield from (_of_action(site, action) for action in site.tree.actions)


def _of_action(site: Site, action: Action) -> Page:
    tree, placed = site.tree, occurrences(site.tree, action)
    without, framed, before = left_out(tree, action), around(tree, placed), after(site, placed)
    told = [f for f in tree.frames if any(f in reservations(tree, p).frames for p in placed)]
    gaps = [
        *open_gaps(tree, *(place for p in placed for place in (p.situation.id, p.id))),
        *before[1],
        *(gap for _, each in without for gap in each),
        *(gap for _, each in framed for frame, _ in each for gap in gaps_at_frame(tree, frame)),
    ]
    context = {
        "action": action,
        "count": len({p.situation.id for p in placed}),
        "shared": shared(tree, placed),
        "frames": told,
        "anchors": {str(frame.id): f"ram-{frame.id}" for frame in told},
        "left_out": without,
        "beside": beside(tree, action),
        "around": framed,
        "beside_steps": unclear_beside(tree, placed),
        "after": before,
        "onward": [s for s in tree.situations if s.continues and any(p.situation == s for p in placed)],
        "page_gaps": [gap for gap in tree.gaps if gap in gaps],
    }
    return Page(f"atgard/{action.id}", str(action.question), "action.html.jinja", context)


def beside(tree: Tree, action: Action) -> list[tuple[Column, list[Action]]]:
    """Return what else answers the same column of the matrix: who looks for one may be meant by another."""
    columns = [column for column in tree.matrix if action.id in column.actions and len(column.actions) > 1]
    return [(c, [tree.get(id, Action) for id in c.actions if id != action.id]) for c in columns]


def around(tree: Tree, placed: Sequence[PlacedStep]) -> list[tuple[str, list[tuple[Frame, Situation]]]]:
    """Return the frames on whole situations with these steps, by the words for the cases that they hold in.

    Each is given with the first situation that has it.
    """
    found: dict[str, list[tuple[Frame, Situation]]] = {}
    for frame in tree.frames:
        having = [p.situation for p in placed if frame in reservations_on(tree, p.situation).frames]
        if having:
            found.setdefault(in_words(tree, frame.on.facts), []).append((frame, having[0]))
    return [
        (t("site.framed-if", facts=uncapitalized(facts)) if facts else t("site.framed"), frames)
        for facts, frames in found.items()
    ]


def after(site: Site, placed: Sequence[PlacedStep]) -> tuple[list[Situation], tuple[Gap, ...]]:
    """Return the situations that go on to one of these steps, and what is unclear on the way from there."""
    there = {p.situation.id for p in placed}
    pairs = [(here, to) for here, to in goes_on_to(site.tree) if to in there]
    before = {here for here, _ in pairs}
    asked = {question for _, to in pairs for question in site.questions_to(site.tree.get(to, Situation))}
    situations = [situation for situation in site.tree.situations if situation.id in before]
    return situations, unclear_on_the_way(site.tree, before, asked)


def shared(tree: Tree, placed: Sequence[PlacedStep]) -> list[SameSteps]:
    """Return steps together that say the same in several situations."""
    found: dict[object, list[PlacedStep]] = {}
    for each in placed:
        said = (each.sentence, str(each.step.note), each.lines)
        found.setdefault((each.duty, said), []).append(each)
    return [SameSteps(steps, *_in_all(tree, steps)) for steps in found.values()]


def _in_all(tree: Tree, steps: Sequence[PlacedStep]) -> tuple[list[Frame], list[Gap]]:
    qualifying = [reservations(tree, placed) for placed in steps]
    return in_all([r.frames for r in qualifying]), in_all([r.gaps for r in qualifying])
