"""The introduction of each unit, printed: a checklist to go through with a mentor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.locale import capitalized, t
from generator.model import Gap, Lesson, Situation, Term, Topic, Unit
from generator.pages.in_short import marks_for
from generator.pages.introduction import Stop, minutes, own_first, way
from generator.pages.printed_step import printed_duty, unclear_titles
from generator.pages.site import Site
from generator.pages.units import frames, own_steps, unassigned_steps
from generator.printing.printed_document import PrintedDocument, document_of
from generator.routine.reservations import gaps_at_frame, gaps_at_question


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
            total=f"{t('intro.total', count=len(lessons), minutes=minutes(lessons))} {t('intro.own-text')}",
            lessons=[_lesson(site, lesson, unit) for lesson in lessons],
        )


def _lesson(site: Site, lesson: Lesson, unit: Unit) -> dict[str, Any]:
    return {
        "id": str(lesson.id),
        "title": str(lesson.title),
        "minutes": t("intro.minutes", count=lesson.minutes),
        "lead": str(lesson.lead),
        "cite": site.cited_all(lesson.cite),
        "points": list(_points(site, lesson, unit)),
        "inline": lesson.shows == "terms",
    }


def _points(site: Site, lesson: Lesson, unit: Unit) -> Iterator[str]:
    """Yield what to have gone through, in the order of the page."""
    tree = site.tree
    if lesson.shows == "units":
        for duty in (printed_duty(site, duty) for duty in unit.duties):
            yield f"{duty['force']}: {duty['text']} {duty['unclear']}".rstrip()
        yield from (t("intro.other-duties", unit=other.label) for other in own_first(site, unit)[1:])
    if lesson.shows == "terms":
        for term in tree.terms:
            yield _marked(capitalized(term.term), [t("matrix.gap")] if term.gap else [])
    if lesson.shows == "way":
        yield from (_question(site, stop) for stop in way(site))
    mine = own_steps(site, unit)
    yield from (str(tree.get(id, Topic).title) for id in lesson.topics)
    yield from (t("mentor.word", word=tree.get(id, Term).term) for id in lesson.terms)
    if lesson.shows == "situations":
        yield from (_situation(site, part.situation, unit) for part in mine)
    if lesson.shows == "frames":
        framed = frames(site, [*mine, *unassigned_steps(site, unit)])
        yield from (_unclear(str(frame.title), gaps_at_frame(tree, frame)) for frame in framed)
    yield from (_situation(site, tree.get(id, Situation), unit) for id in lesson.situations)


def _question(site: Site, stop: Stop) -> str:
    """Return a question with what is unclear about it, and the answers where the routine leaves off."""
    own = [turn.own for turn in stop.turns if turn.own]
    gaps = {str(gap.id): str(gap.title) for turn in stop.turns for gap in turn.gaps}
    left = [f"{t('intro.way-gaps')} {'; '.join(gaps.values())}."] if gaps else []
    told = _unclear(str(stop.question.text), gaps_at_question(site.tree, stop.question.id))
    return " ".join([told, *own, *left])


def _situation(site: Site, situation: Situation, unit: Unit) -> str:
    return _marked(str(situation.title), marks_for(site.tree, situation, unit))


def _marked(text: str, marks: list[str]) -> str:
    return f"{text} ({'; '.join(marks)})" if marks else text


def _unclear(text: str, gaps: Sequence[Gap]) -> str:
    stop = "" if text.endswith(("?", ".")) or not gaps else "."
    return f"{text}{stop} {unclear_titles(gaps)}".rstrip()
