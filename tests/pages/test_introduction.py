"""The introduction: every unit's path has every step, made of what the tree says, on page and on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest

from generator.model import Ask, Force, Lesson, Situation, Topic, Tree, Unit
from generator.pages.introduction import way
from generator.pages.site import Site
from generator.printing import typesetter
from generator.printing.mentor_checklist import printed_documents
from generator.routine.reservations import reservations
from generator.routine.steps import concerns, open_gaps, placed_steps, units_of
from tests.papers import DAY, broken_standards, fields_of, plain, reader, text_of, typeset

Made = Mapping[str, str]


@pytest.fixture(scope="module")
def pdfs(tree: Tree) -> Mapping[str, bytes]:
    return typeset(printed_documents(Site.of(tree, "")))


def said(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", "", html)).split())


def step_of(made: Made, unit: Unit, lesson: Lesson) -> str:
    """Return a step's markup."""
    page = made[f"ny-har/{unit.id}.md"]
    found = re.search(
        f'<section class="r-lesson" data-lesson="{lesson.id}".*?(?=<section class="r-lesson"|$)', page, re.S
    )
    assert found
    return found[0]


def each(tree: Tree) -> list[tuple[Unit, Lesson]]:
    return [(unit, lesson) for unit in tree.units for lesson in tree.introduction]


def one(tree: Tree, shows: str) -> Lesson:
    return next(lesson for lesson in tree.introduction if lesson.shows == shows)


def test_every_unit_has_every_step_in_order(tree: Tree, made: Made) -> None:
    for unit in tree.units:
        page = made[f"ny-har/{unit.id}.md"]
        assert re.findall('data-lesson="([^"]+)"', page) == [lesson.id for lesson in tree.introduction]
        assert f'href="ny-har/{unit.id}.html"' in made["ny-har.md"]


def test_every_kind_of_content_is_a_step(tree: Tree) -> None:
    assert {"units", "terms", "way", "situations", "frames", "practice"} == {
        lesson.shows for lesson in tree.introduction if lesson.shows
    }


def test_the_child_comes_first_and_practice_last(tree: Tree) -> None:
    first, last = tree.introduction[0], tree.introduction[-1]
    assert "barnets-perspektiv" in first.topics
    assert last.shows == "practice"


def test_it_takes_about_an_hour_and_says_so(tree: Tree, made: Made) -> None:
    total = sum(lesson.minutes for lesson in tree.introduction)
    assert 45 <= total <= 75
    for unit, lesson in each(tree):
        assert f"omkring {total} minuter" in said(made[f"ny-har/{unit.id}.md"])
        assert f"Omkring {lesson.minutes} minuter" in said(step_of(made, unit, lesson))


def test_a_step_tells_every_statement_of_its_topics_with_its_source(tree: Tree, made: Made) -> None:
    site = Site.of(tree, "")
    for unit, lesson in each(tree):
        step = said(step_of(made, unit, lesson))
        for id in lesson.topics:
            for statement in tree.get(id, Topic).statements:
                assert statement.text in step
                assert site.cited_all(statement.cite) in step


def test_one_s_own_duties_come_first_and_all_of_them_are_there(tree: Tree, made: Made) -> None:
    for unit in tree.units:
        step = said(step_of(made, unit, one(tree, "units")))
        at = {other.id: step.index(said(str(other.duties[0].text))) for other in tree.units}
        assert min(at, key=lambda id: at[id]) == unit.id
        for other in tree.units:
            for duty in other.duties:
                assert f"{tree.get(duty.force, Force).label} {duty.text}" in step


def test_all_words_stand_in_their_step(tree: Tree, made: Made) -> None:
    for unit in tree.units:
        step = step_of(made, unit, one(tree, "terms"))
        assert re.findall('<div id="ord-([^"]+)"', step) == [term.id for term in tree.terms]


def test_the_way_holds_every_question_and_where_each_answer_leads(tree: Tree, made: Made) -> None:
    for stop in way(Site.of(tree, "")):
        for turn in stop.turns:
            goes = {n.goto[turn.option.id] for n in tree.nodes if n.ask == stop.question.id}
            asked = {tree.get(id, Ask).ask for id in goes if id in tree.ids("nodes")}
            ends = {x.id for x in (*turn.situations, *turn.gaps)}
            assert {q.id for q in turn.questions} == asked
            assert ends == goes - tree.ids("nodes")
            assert asked or ends
    for unit in tree.units:
        step = said(step_of(made, unit, one(tree, "way")))
        for question in tree.questions:
            assert question.text in step
            assert question.why in step
            assert all(option.label in step for option in question.options)


def test_the_unit_s_situations_are_those_that_name_it(tree: Tree, made: Made) -> None:
    for unit in tree.units:
        step = step_of(made, unit, one(tree, "situations"))
        linked = re.findall(r'href="\.\./situation/([^"]+)\.html"', step)
        assert linked == [s.id for s in tree.situations if is_named(tree, s, unit)]


def is_named(tree: Tree, situation: Situation, unit: Unit) -> bool:
    """Whether a step names a unit, or a frame or a gap at it, or the title of a gap on the whole."""
    placed = placed_steps(tree, situation)
    about = [str(gap.title) for gap in open_gaps(tree, situation.id)]
    about += [f"{gap.title} {gap.text}" for gap in open_gaps(tree, *(p.id for p in placed))]
    about += [str(s.text) for p in placed for f in reservations(tree, p).frames for s in f.statements]
    return unit in units_of(tree, situation) or unit.name in " ".join(about)


def test_the_frames_of_the_routine_are_there(tree: Tree, made: Made) -> None:
    shown = {f.title for f in tree.frames if not f.see}
    together = ""
    for unit in tree.units:
        together += said(step_of(made, unit, one(tree, "frames")))
    assert shown
    assert all(title in together for title in shown)


def test_a_situation_in_a_step_has_what_concerns_the_unit(tree: Tree, made: Made) -> None:
    for unit, lesson in each(tree):
        step = said(step_of(made, unit, lesson))
        steps = [p for id in lesson.situations for p in placed_steps(tree, tree.get(id, Situation))]
        mine = {p.sentence for p in steps if unit in concerns(tree, p.step)}
        assert {p.sentence for p in steps if p.sentence in step} == mine


def test_nothing_about_a_person_is_asked_for_on_the_page(tree: Tree, made: Made) -> None:
    for unit in tree.units:
        inputs = re.findall("<(?:input|textarea|select)[^>]*>", made[f"ny-har/{unit.id}.md"])
        assert len(inputs) == len(tree.introduction)
        assert all('type="checkbox"' in field for field in inputs)


def test_the_paper_has_a_box_a_date_and_a_signature_for_every_step(
    tree: Tree, pdfs: Mapping[str, bytes]
) -> None:
    assert set(pdfs) == {f"ny-har/{unit.id}.pdf" for unit in tree.units}
    for unit in tree.units:
        content = pdfs[f"ny-har/{unit.id}.pdf"]
        fields = {name: (label, kind) for _, name, label, kind in fields_of(content)}
        for number, lesson in enumerate(tree.introduction, start=1):
            assert fields.pop(f"{lesson.id}-klart") == (f"Steg {number} är genomgånget", "/Btn")
            assert fields.pop(f"{lesson.id}-datum") == (f"Datum för genomgång av steg {number}", "/Tx")
            assert fields.pop(f"{lesson.id}-signatur") == (f"Signatur för steg {number}", "/Tx")
        assert {kind for _, kind in fields.values()} == {"/Tx"}
        assert set(fields) == {"ny-kollega", "mentor", "paborjad", "anteckningar"}


def test_the_paper_says_what_the_page_says(tree: Tree, pdfs: Mapping[str, bytes]) -> None:
    for unit in tree.units:
        text = "".join(text_of(pdfs[f"ny-har/{unit.id}.pdf"]))
        for lesson in tree.introduction:
            assert plain(lesson.title) in text
            assert plain(lesson.lead) in text
        for duty in unit.duties:
            assert plain(f"{tree.get(duty.force, Force).label}: {duty.text}") in text
        for situation in tree.situations:
            named = is_named(tree, situation, unit)
            linked = any(situation.id in lesson.situations for lesson in tree.introduction)
            assert not named or plain(situation.title) in text
            assert named or linked or plain(situation.title) not in text


def test_the_paper_keeps_the_standards(pdfs: Mapping[str, bytes]) -> None:
    assert {path: broken for path, content in pdfs.items() if (broken := broken_standards(content))} == {}


def test_the_paper_is_the_same_bytes_and_short(tree: Tree, pdfs: Mapping[str, bytes], tmp_path: Path) -> None:
    again = typesetter.typeset(printed_documents(Site.of(tree, "")), DAY, tmp_path)
    assert again == pdfs
    assert all(len(reader(content).pages) <= 3 for content in pdfs.values())


def test_the_paper_s_data_is_json_of_plain_texts(tiny: Tree) -> None:
    for paper in printed_documents(Site.of(tiny, "")):
        data = json.loads(paper.data)
        assert [lesson["title"] for lesson in data["lessons"]] == [x.title for x in tiny.introduction]
        assert all(isinstance(point, str) for lesson in data["lessons"] for point in lesson["points"])
