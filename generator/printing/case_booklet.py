"""The booklet of practice cases, for a mentor: room to write, and the answers last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from generator.exercises import CaseRound, Exercise, case_round
from generator.locale import t
from generator.model import Example, Frame, Gap, Section, Tree
from generator.pages.printed_step import printed_frame, printed_in_every_case
from generator.pages.site import Site
from generator.printing.printed_document import PrintedDocument, document_of
from generator.routine.boxes import box_of
from generator.routine.cases import case_of, ways
from generator.routine.frames import forces_of, have
from generator.routine.neighbours import frames_near
from generator.routine.steps_on import steps_on

BOOKLET = "ova/fallhafte.pdf"


def printed_documents(site: Site) -> Iterator[PrintedDocument]:
    """Yield the booklet of all cases, with room to write and the answers last; none without cases."""
    tree, routine = site.tree, site.tree.routine
    if not tree.examples:
        return
    rounds = [case_round(tree, example) for example in tree.examples]
    about = t("practice.rests-on", title=routine.title, version=routine.version, date=routine.revised_on)
    yield document_of(
        site,
        BOOKLET,
        "case_booklet.typ",
        "practice",
        title=t("practice.booklet-title", title=routine.short_title),
        about=about,
        cases=[_case(site, number, one) for number, one in enumerate(rounds, start=1)],
        questions=_questions(site, rounds),
        frames=_frames(site, rounds),
    )


def _case(site: Site, number: int, one: CaseRound) -> dict[str, Any]:
    return {
        "title": f"{number}. {one.example.title}",
        "narrative": one.narrative,
        "exercises": [_exercise(site, exercise) for exercise in one.exercises],
        "also": [_named(site, frame) for frame in _each(site, [one])],
    }


def _each(site: Site, rounds: Sequence[CaseRound]) -> list[Frame]:
    """Return the frames that hold in some cases: for what is done or asked about, or whatever is."""
    exercises = [exercise for one in rounds for exercise in one.exercises]
    held = {frame.id for exercise in exercises for frame in (*exercise.frames, *exercise.also)}
    held |= {frame.id for one in rounds for frame in _of_steps(site.tree, one.example)}
    return [frame for frame in site.tree.frames if frame.id in held]


def _of_steps(tree: Tree, example: Example) -> Iterator[Frame]:
    """Yield the frames on all steps of a case, and on those of the situations next to where it has none."""
    case = case_of(tree, example)
    for way in ways(tree, case):
        yield from (frame for placed in steps_on(tree, [way]) for frame in placed.frames)
        near = frames_near(tree, tree.get(way.at, Gap)) if way.at in tree.ids("gaps") else ()
        yield from (frame for frame in near if have((frame.on.facts,), (box_of(case),)))


def _named(site: Site, frame: Frame) -> str:
    """Return a frame's title, with its forces."""
    forces = ", ".join(str(force.label).lower() for force in forces_of(site.tree, frame))
    return f"{frame.title} ({forces})" if forces else str(frame.title)


def _frames(site: Site, rounds: Sequence[CaseRound]) -> list[dict[str, Any]]:
    """Return these frames in full, those that say the same once, and last what is said of every case."""
    told: dict[str, dict[str, Any]] = {}
    for frame in _each(site, rounds):
        told.setdefault(_named(site, frame), printed_frame(site, frame))
    every = printed_in_every_case(site)
    return [*told.values(), *([every] if every else [])]


def _questions(site: Site, rounds: list[CaseRound]) -> list[dict[str, Any]]:
    """Return each question on the way to a situation once, with what its answers rest on in every case."""
    asked = {e.prompt: e for one in rounds for e in one.exercises if _is_asked(site, e)}
    return [{"prompt": prompt, **_rests_on(site, exercise)} for prompt, exercise in asked.items()]


def _is_asked(site: Site, exercise: Exercise) -> bool:
    return exercise.place in site.tree.ids("nodes")


def _rests_on(site: Site, exercise: Exercise) -> dict[str, Any]:
    """Return gaps and places, those that have the same heading with what stands above it."""
    headings = {id: str(site.tree.get(id, Section).heading) for id in {c.section for c in exercise.cites}}
    alike = Counter(headings.values())
    each = (
        site.cited(cite) if alike[headings[cite.section]] > 1 else site.cited_shortly(cite)
        for cite in exercise.cites
    )
    return {"gaps": [str(gap.title) for gap in exercise.gaps], "cite": "; ".join(each)}


def _exercise(site: Site, exercise: Exercise) -> dict[str, Any]:
    further = [t("practice.further-last")] if exercise.further else []
    letters = {choice.key: chr(ord("a") + at) for at, choice in enumerate(exercise.choices)}
    return {
        "prompt": exercise.prompt,
        "choices": [{"letter": letters[c.key], "text": c.text} for c in exercise.choices],
        "right": {"letter": letters[exercise.right.key], "text": exercise.right.text},
        # Why a question is asked, and what that rests on, is the same in every case: told once, last.
        "why": [*exercise.why[1 if _is_asked(site, exercise) else 0 :], *further],
        **({"gaps": [], "cite": ""} if _is_asked(site, exercise) else _rests_on(site, exercise)),
    }
