"""The introduction of each unit, printed: a checklist to go through with a mentor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.locale import capitalized, t
from generator.model import Force, Lesson, Situation, Term, Topic, Unit
from generator.pages.introduction import minutes, own_first
from generator.pages.reference import frames, own_steps, unassigned_steps
from generator.pages.site import Site
from generator.printing.printed_document import PrintedDocument, document_of


def printed_documents(site: Site) -> Iterator[PrintedDocument]:
    """Yield each unit's introduction as a checklist to go through with a mentor."""
    lessons = site.tree.introduction
    for unit in site.tree.units if lessons else ():
        yield document_of(
            site,
            f"ny-har/{unit.id}.pdf",
            "mentor_checklist.typ",
            "mentor",
            title=t("intro.unit-title", unit=unit.label),
            routine=str(site.tree.routine.title),
            total=t("intro.total", count=len(lessons), minutes=minutes(lessons)),
            lessons=[_lesson(site, lesson, unit) for lesson in lessons],
        )


def _lesson(site: Site, lesson: Lesson, unit: Unit) -> dict[str, Any]:
    return {
        "id": str(lesson.id),
        "title": str(lesson.title),
        "minutes": t("intro.minutes", count=lesson.minutes),
        "lead": str(lesson.lead),
        "points": list(_points(site, lesson, unit)),
        "inline": lesson.shows == "terms",
    }


def _points(site: Site, lesson: Lesson, unit: Unit) -> Iterator[str]:
    """Yield what to have gone through, in the order of the page."""
    tree = site.tree
    if lesson.shows == "units":
        yield from (f"{tree.get(duty.force, Force).label}: {duty.text}" for duty in unit.duties)
        yield from (t("intro.other-duties", unit=other.label) for other in own_first(site, unit)[1:])
    if lesson.shows == "terms":
        yield from (capitalized(term.term) for term in tree.terms)
    if lesson.shows == "way":
        yield from (str(question.text) for question in tree.questions)
    mine = own_steps(site, unit)
    yield from (str(tree.get(id, Topic).title) for id in lesson.topics)
    yield from (t("mentor.word", word=tree.get(id, Term).term) for id in lesson.terms)
    if lesson.shows == "situations":
        yield from (f"{p.situation.title} ({p.mark})" if p.framed else str(p.situation.title) for p in mine)
    if lesson.shows == "frames":
        yield from (str(frame.title) for frame in frames(site, [*mine, *unassigned_steps(site, unit)]))
    yield from (str(tree.get(id, Situation).title) for id in lesson.situations)
