"""Paper, the introduction and practice say no less than the pages: reservations travel there, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from generator.exercises import Exercise, all_about, everything_in
from generator.locale import t
from generator.model import DOCUMENT, Duty, FactSet, Frame, Gap, Phase, Question, Situation, Text, Tree, Unit
from generator.pages.site import Site
from generator.printing.documents import printed_documents
from generator.routine.afterwards import afterwards
from generator.routine.reservations import gaps_on, reservations
from generator.routine.steps import concerns, condition_of, frames_of, own_and_shared, placed_steps, units_of
from tests.papers import plain, text_of, typeset
from tests.views import TREES, WHOLE, beside_own_steps, made, said

FAMILY, MESSAGE = "barnfamilj-barn-unga-skuld", "kronofogden-barnfamilj"


@pytest.fixture(scope="module")
def papers(tree: Tree) -> Mapping[str, str]:
    """Return path → all that stands on some of the documents."""
    names = {f"checklista/{id}{unit}.pdf" for id in (FAMILY, MESSAGE) for unit in ("", "--barn-unga")}
    names |= {"checklista/haftet.pdf", "ny-har/barn-unga.pdf"}
    documents = [d for d in printed_documents(Site.of(tree, "")) if d.path in names]
    return {path: "".join(text_of(content)) for path, content in typeset(documents).items()}


def checklists(printed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every checklist with its situation: whole, of a unit, and in the booklet."""
    whole = [data["checklist"] for data in printed.values() if "checklist" in data]
    yield from ((c["id"], c) for c in (*whole, *printed["checklista/haftet.pdf"]["checklists"]))


def values(facts: FactSet, fact: str) -> set[str]:
    return set(facts.get(Text(fact), ()))


def resting_on(tree: Tree, about: Duty | Frame) -> list[Gap]:
    cites = about.cite if isinstance(about, Duty) else [c for s in about.statements for c in s.cite]
    places = {(str(c.section), n) for c in cites for n in c.paragraphs}
    rests = [any((str(c.section), n) in places for c in g.cite for n in c.paragraphs) for g in tree.gaps]
    return [g for g, does in zip(tree.gaps, rests, strict=True) if does and g.weight != DOCUMENT]


@pytest.mark.parametrize("name", TREES)
def test_a_frame_that_points_to_another_situation_names_its_checklist_on_paper(name: str) -> None:
    tree, _, printed = made(name)
    for id, checklist in checklists(printed):
        frames = [f for f in frames_of(tree, tree.get(id, Situation)) if f.see]
        titles = [[str(tree.get(other, Situation).title) for other in frame.see] for frame in frames]
        assert [frame.get("see", []) for frame in checklist["see"]] == titles
    assert name != "real" or any(checklist["see"] for _, checklist in checklists(printed))


def test_the_checklist_to_take_besides_is_printed(tree: Tree, papers: Mapping[str, str]) -> None:
    line = plain(f"{t('paper.see')} {tree.get(MESSAGE, Situation).title}")
    assert [path for path, text in papers.items() if FAMILY in path and line not in text] == []
    families = [s for s in tree.situations if any(MESSAGE in f.see for f in frames_of(tree, s))]
    # Cases without steps can have such a message, too, but not hushåll utan barn.
    gaps = [g for g in tree.end_gaps if any(values(box, "hushall") != {"utan-barn"} for box in g.facts or ())]
    assert papers["checklista/haftet.pdf"].count(line) == len(families) + len(gaps) > 1


@pytest.mark.parametrize("name", TREES)
def test_a_unit_s_checklist_has_its_own_duties_and_each_duty_its_gaps(name: str) -> None:
    tree, _, printed = made(name)
    for unit, listed in zip(tree.units, printed["checklista/haftet.pdf"]["units"], strict=True):
        for duty, shown in zip(unit.duties, listed["duties"], strict=True):
            gaps = resting_on(tree, duty)
            assert [gap.title for gap in gaps if gap.title not in shown["unclear"]] == []
            assert bool(shown["unclear"]) == bool(gaps)
        (data,) = (each for each in printed["rutin.json"]["units"] if each["id"] == unit.id)
        assert [d["gaps"] for d in data["duties"]] == [
            [str(g.id) for g in resting_on(tree, d)] for d in unit.duties
        ]
        told = [f"{duty['text']} {duty['unclear']}".strip() for duty in listed["duties"]]
        for situation in (s for s in tree.situations if unit in units_of(tree, s)):
            own = printed[f"checklista/{situation.id}--{unit.id}.pdf"]["checklist"]["own"]
            assert [statement["text"] for statement in own["statements"]] == told


def test_own_duties_and_their_gaps_are_printed(tree: Tree, papers: Mapping[str, str]) -> None:
    unit, marked = tree.get("barn-unga", Unit), 0
    places = [
        path for path in papers if path.endswith(("--barn-unga.pdf", "haftet.pdf", "ny-har/barn-unga.pdf"))
    ]
    for duty in unit.duties:
        gaps = resting_on(tree, duty)
        mark = t("paper.unclear_of", titles="; ".join(gap.title for gap in gaps)) if gaps else ""
        for path in places:
            assert plain(f"{duty.text} {mark}") in papers[path], (path, duty.id)
            marked += bool(gaps)
    assert marked > len(places)
    assert plain(t("paper.own_elsewhere")) in papers[f"checklista/{FAMILY}.pdf"]


@pytest.mark.parametrize("name", TREES)
def test_no_situation_in_the_introduction_seems_clear_that_is_not(name: str) -> None:
    """Each is marked as on its own page, and what is unclear there for the unit is told."""
    tree, pages, printed = made(name)
    seen = 0
    listing = any(lesson.shows == "situations" for lesson in tree.introduction)
    for unit in tree.units if listing else ():
        page, paper = pages[f"ny-har/{unit.id}"], printed[f"ny-har/{unit.id}.pdf"]["lessons"]
        points = [point for lesson in paper for point in lesson["points"]]
        rows = page.xpath(".//li[@data-row]")
        assert {row.get("data-row") for row in rows} >= {
            str(s.id) for s in tree.situations if unit in units_of(tree, s)
        }
        for row in rows:
            situation = tree.get(row.get("data-row"), Situation)
            (card,) = pages[f"situation/{situation.id}"].xpath(f".//*[@data-mine='{unit.id}'][dt]")
            marks = [said(mark) for mark in card.xpath(".//*[@class='r-mark']")]
            of_a_step = {t("matrix.condition"), t("matrix.note")}
            marks = [mark for mark in marks if mark not in of_a_step]
            assert [said(mark) for mark in row.xpath("span[@class='r-mark']")] == marks, situation.id
            on_paper = f"{situation.title} ({'; '.join(marks)})" if marks else str(situation.title)
            assert on_paper in points
            told = [page.xpath(f".//*[@id='{a[1:]}']")[0] for a in row.xpath(".//a[@data-gap]/@href")]
            mine = [p for p in placed_steps(tree, situation) if unit in concerns(tree, p.step)]
            gaps = [g for p in mine for g in reservations(tree, p).gaps]
            gaps += beside_own_steps(tree, situation, unit)
            assert {str(gap.title) for gap in gaps} == {said(li.xpath("strong")[0]) for li in told}
            seen += len(marks)
    assert seen or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_frame_in_the_introduction_bears_the_gaps_on_its_paragraphs(name: str) -> None:
    tree, pages, printed = made(name)
    seen = 0
    for path in (path for path in pages if path.startswith("ny-har/")):
        points = [point for lesson in printed[f"{path}.pdf"]["lessons"] for point in lesson["points"]]
        for shown in pages[path].xpath(".//*[@data-framed]"):
            frame = tree.get(shown.get("data-framed"), Frame)
            gaps = resting_on(tree, frame)
            assert [str(gap.id) for gap in gaps] == shown.xpath(".//a/@data-gap"), (path, frame.id)
            point = next(p for p in points if p.startswith(frame.title) and bool(gaps) == (p != frame.title))
            assert [gap.title for gap in gaps if gap.title not in point] == []
            seen += len(gaps)
        for question in tree.questions:
            gaps = [g for g in tree.gaps if question.id in g.concerns and g.weight != DOCUMENT]
            for point in (point for point in points if point.startswith(question.text)):
                assert [gap.title for gap in gaps if gap.title not in point] == []
                seen += len(gaps)
    assert seen or name != "real"


@pytest.mark.parametrize("name", WHOLE)
def test_practice_tells_the_note_of_a_step_with_its_answer(name: str) -> None:
    tree, pages, printed = made(name)
    placed = {p.id: p for s in tree.situations for p in placed_steps(tree, s)}
    exercises: list[Exercise] = [e for s in tree.situations for e in all_about(tree, s)]
    exercises += [e for example in tree.examples for e in everything_in(tree, example)]
    noted = 0
    for exercise in exercises:
        for place, why in [
            (exercise.place, " ".join(exercise.why)),
            *((c.place, c.why) for c in exercise.wrong),
        ]:
            if place in placed and (note := placed[place].step.note):
                assert note in why, (exercise.id, place)
                noted += 1
    assert noted
    on_pages = [
        e
        for path, page in pages.items()
        if path.startswith("ova/")
        for e in page.xpath(".//*[@data-exercise]")
    ]
    by_id = {exercise.id: exercise for exercise in exercises}
    for shown in on_pages:
        exercise = by_id[shown.get("data-exercise")]
        note = placed[exercise.place].step.note if exercise.place in placed else None
        assert not note or note in said(shown.xpath(".//*[@data-told]")[0]), exercise.id
    booklet = [e["why"] for case in printed["ova/fallhafte.pdf"]["cases"] for e in case["exercises"]]
    notes = [note for p in placed.values() if (note := p.step.note)]
    assert name != "real" or any(note in why for note in notes for why in booklet)


@pytest.mark.parametrize("name", TREES)
def test_what_is_unclear_besides_the_steps_stands_in_full_on_paper(name: str) -> None:
    tree, _, printed = made(name)
    seen = moved = 0
    for id, checklist in checklists(printed):
        conditions = [
            c for s in own_and_shared(tree, tree.get(id, Situation)) if (c := condition_of(tree, s))
        ]
        unmet = {c.event.otherwise for c in conditions if c.event} | {c.unconfirmed for c in conditions}
        resting = {gap.id for gap in gaps_on(tree, *afterwards(tree, tree.get(id, Situation)))}
        gaps = [g for g in tree.gaps if g.id in unmet | resting and g.weight != DOCUMENT]
        assert [g.title for g in gaps if g.text not in [told["text"] for told in checklist["gaps"]]] == []
        if checklist["in_every_case"]:
            # What hangs on a step's condition is numbered at the step.
            steps = placed_steps(tree, tree.get(id, Situation))
            at_steps = {gap.id for placed in steps for gap in reservations(tree, placed).gaps}
            there = [g.title for g in gaps if g.id in resting or g.id not in at_steps]
            assert checklist["in_every_case"]["gaps"] == there
            moved += len(gaps) - len(there)
        seen += len(gaps)
    assert seen
    assert moved or name != "real"


def test_the_number_of_what_is_unclear_stands_apart_from_the_citation(
    tree: Tree, papers: Mapping[str, str]
) -> None:
    gap, text = tree.get("nar-kontakten-lyckas", Gap), papers[f"checklista/{FAMILY}.pdf"]
    assert plain(gap.text) in text
    number = text.split(plain(f"{t('paper.unclear')} {gap.title}"))[0].rpartition(".")[0][-1]
    assert plain(f"Rutin, stycke 1–4, s. 5 · {t('paper.unclear_see')} {number}") in text


@pytest.mark.parametrize("name", TREES)
def test_what_is_unclear_about_the_questions_stands_in_the_head_of_a_checklist(name: str) -> None:
    tree, pages, printed = made(name)
    site, seen = Site.of(tree, ""), 0

    def unclear(questions: Iterable[str]) -> list[str]:
        return [str(g.title) for g in tree.gaps if g.weight != DOCUMENT and set(questions) & set(g.concerns)]

    for id, checklist in checklists(printed):
        asked = [tree.get(answer.node.ask, Question).id for answer in site.answers_to(id)]
        below = [gap["title"] for gap in checklist["gaps"]]
        assert [
            title for title in unclear(asked) if title not in checklist["unclear"] and title not in below
        ] == []
        seen += bool(checklist["unclear"])
    everything = unclear([str(question.id) for question in tree.questions])
    ends, booklet = [gap.title for gap in tree.end_gaps], printed["checklista/haftet.pdf"]
    assert [
        title for title in (*everything, *ends) if title not in " ".join(booklet["matrix"]["unclear"])
    ] == []
    assert seen or name != "real"
    under = [row["under"] for row in booklet["matrix"]["rows"] if "under" in row]
    assert under == [said(head) for head in pages["matris"].xpath(".//tr[@class='r-band']/th")]


@pytest.mark.parametrize("name", TREES)
def test_a_phase_before_what_the_document_has_earlier_says_so(name: str) -> None:
    tree, pages, printed = made(name)
    for id, checklist in checklists(printed):
        steps = placed_steps(tree, tree.get(id, Situation))
        before = [
            str(p.step.phase)
            for p in steps
            for q in steps[p.number :]
            if p.step.cite.section == q.step.cite.section
            and p.step.cite.paragraphs[0] > q.step.cite.paragraphs[0]
        ]
        labels = {str(tree.get(phase, Phase).label) for phase in before}
        assert {p["label"] for p in checklist["phases"] if p["reordered"]} <= labels
        assert checklist["unit"] or {p["label"] for p in checklist["phases"] if p["reordered"]} == labels
        told = pages[f"situation/{id}"].xpath(".//*[@data-reordered]/preceding-sibling::h2[1]")
        assert {said(heading) for heading in told} == labels


def test_only_at_an_eviction_is_the_order_not_the_document_s(
    papers: Mapping[str, str],
) -> None:
    _, pages, _ = made("real")
    # Chapter 3 tells of the children last, in paragraphs 7 and 8, and of support there before who attends.
    marked = {path for path, page in pages.items() if page.xpath(".//*[@data-reordered]")}
    in_full = {path for path in marked if path.startswith(("situation/", "avsnitt/"))}
    at_eviction = {"situation/kronofogden-barnfamilj", "situation/kronofogden-utan-barn"}
    assert in_full == {*at_eviction, "avsnitt/kronofogden"}
    line = plain(f"Barnen {t('paper.reordered')}")
    assert all(line in papers[f"checklista/{MESSAGE}{unit}.pdf"] for unit in ("", "--barn-unga"))


@pytest.mark.parametrize("name", TREES)
def test_the_printed_matrix_says_where_a_situation_goes_on(name: str) -> None:
    tree, _, printed = made(name)
    rows = printed["checklista/haftet.pdf"]["matrix"]["rows"]
    for situation, row in zip(tree.situations, rows, strict=True):
        assert not situation.continues or situation.continues.text in row["also"]
    assert any(row["also"] for row in rows)


def test_what_the_printed_matrix_says_of_going_on_is_printed(tree: Tree, papers: Mapping[str, str]) -> None:
    text = papers["checklista/haftet.pdf"]
    matrix = text[: text.index(plain(f"{t('matrix.conditions')} {t('matrix.condition').capitalize()} 1"))]
    situations = [s for s in tree.situations if s.continues]
    lines = [plain(f"{s.title} {s.continues.text}") for s in situations if s.continues]
    assert situations
    assert all(line in matrix for line in lines)


@pytest.mark.parametrize("name", TREES)
def test_the_introduction_says_on_paper_which_words_are_the_tool_s(name: str) -> None:
    tree, _, printed = made(name)
    site = Site.of(tree, "")
    for unit in tree.units if tree.introduction else ():
        paper = printed[f"ny-har/{unit.id}.pdf"]
        assert t("intro.own-text") in paper["total"]
        cites = [site.cited_all(lesson.cite) for lesson in tree.introduction]
        assert [lesson["cite"] for lesson in paper["lessons"]] == cites


def test_where_the_introduction_cites_is_printed(tree: Tree, papers: Mapping[str, str]) -> None:
    text = papers["ny-har/barn-unga.pdf"]
    cited = [lesson for lesson in tree.introduction if lesson.cite]
    assert cited
    assert plain(t("intro.own-text")) in text
    assert [e.id for e in cited if plain(f"{e.lead}{Site.of(tree, '').cited_all(e.cite)}") not in text] == []
