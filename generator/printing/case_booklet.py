"""The booklet of practice cases, for a mentor: room to write, and the answers last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from generator.exercises import CaseRound, Exercise, case_round
from generator.locale import t
from generator.model import Frame, Section
from generator.pages.printed_step import printed_frame, printed_in_every_case
from generator.pages.site import Site
from generator.printing.printed_document import PrintedDocument, document_of

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
    """Return the frames that hold in some cases, for what is done or whatever is."""
    exercises = [exercise for one in rounds for exercise in one.exercises]
    held = {frame.id for exercise in exercises for frame in (*exercise.frames, *exercise.also)}
    return [frame for frame in site.tree.frames if frame.id in held]


def _named(site: Site, frame: Frame) -> str:
    """Return a frame's title, with its forces."""
    used = {statement.force for statement in frame.statements}
    forces = ", ".join(str(force.label).lower() for force in site.tree.forces if force.id in used)
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
