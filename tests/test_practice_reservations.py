"""Practice, gap pages and search words say no more of a case than the routine does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from generator.exercises import Exercise, all_about, everything_in
from generator.locale import t
from generator.model import DOCUMENT, Frame, Gap, Situation, Text, Tree
from generator.pages.search_words import entries
from generator.pages.site import Site
from generator.printing.case_booklet import printed_documents
from generator.routine.cases import case_of, ways, with_facts
from generator.routine.steps import placed_steps
from tests.papers import plain, text_of, typeset
from tests.views import made, said, untold

NOTICES = "kronofogden-upprepad"
CAUSE = "annan-orsak"


def asked(tree: Tree, gap: str) -> list[tuple[str, set[str]]]:
    """Return the examples that practise a gap, each with the questions that it is asked."""
    return [
        (str(one.id), {str(a.node.ask) for way in ways(tree, with_facts({}, one.facts)) for a in way.answers})
        for one in tree.examples
        if gap in one.gaps
    ]


def test_practice_asks_if_a_message_is_a_repetition_only_where_nothing_else_settles_it(tree: Tree) -> None:
    """With one notice before, the gap leaves open what the question would ask; with two, nothing is open."""
    cases = asked(tree, NOTICES)
    assert cases
    assert [id for id, questions in cases if any(q.startswith("upprepad") for q in questions)] == []
    told = {str(one.id): str(one.narrative) for one in tree.examples}
    assert [id for id, _ in cases if "en enda underrättelse" not in told[id]] == []


def test_a_case_that_practises_an_unknown_cause_does_not_say_that_its_own_is(tree: Tree) -> None:
    for id, questions in asked(tree, CAUSE):
        assert "kronofogden-orsak" in questions  # it has a cause, so it can only wonder about another
        (one,) = (each for each in tree.examples if each.id == id)
        assert "?”" in one.narrative, id
        assert "utan" not in one.title


def test_where_a_case_is_open_for_several_adults_it_says_the_same_of_each(tree: Tree) -> None:
    (one,) = (each for each in tree.examples if each.id == "syskon-i-egen-lagenhet")
    assert "har inget" not in one.narrative


@pytest.mark.parametrize("name", ["real", "playground"])
def test_where_a_way_ends_every_view_says_what_the_gap_says_that_the_routine_does_not(name: str) -> None:
    tree, pages, _ = made(name)
    for gap in tree.end_gaps:
        own, page = str(gap.unsaid or t("site.gap-kicker")), pages[f"lucka/{gap.id}"]
        assert page.xpath("string(.//*[@class='r-kicker'])") == own
        for lead in page.xpath(".//h2[@id='skiljer-sig']/following-sibling::p[1]"):
            assert said(lead).startswith(own)
        assert "Välj det" not in said(page)
        rows = pages["karta"].xpath(f".//td[@data-leads='{gap.id}']")
        assert rows
        assert {said(row) for row in rows} == {f"{own}: {gap.title}"}
        link = f".//p[a[contains(@href, 'lucka/{gap.id}.html')]][starts-with(., '{own}: ')]"
        assert any(pages[path].xpath(link) for path in pages if path.startswith("vet-inte/"))
        made_of = [e.right for one in tree.examples for e in everything_in(tree, one)]
        right = [str(choice.text) for choice in made_of if choice.key == gap.id]
        assert [text for text in right if not text.startswith(own)] == []


def test_no_view_says_of_two_headings_at_once_that_neither_holds(tree: Tree) -> None:
    pages = made("real")[1]
    gap = tree.get("skuld-och-storning", Gap)
    assert "inget undantag" in gap.text
    assert t("site.gap-kicker") not in said(pages[f"lucka/{gap.id}"])


@pytest.mark.parametrize("name", ["real", "playground"])
def test_what_holds_in_every_case_bears_the_gaps_that_rest_on_it(name: str) -> None:
    tree, pages, _ = made(name)
    shown = 0
    for topic in (topic for topic in tree.topics if topic.always):
        places = {(c.section, n) for s in topic.statements for c in s.cite for n in c.paragraphs}
        gaps = [
            str(gap.id)
            for gap in tree.gaps
            if gap.weight != DOCUMENT and places & {(c.section, n) for c in gap.cite for n in c.paragraphs}
        ]
        for path, page in pages.items():
            whole = [
                text for text in map(said, page.xpath(".//details")) if str(topic.statements[0].text) in text
            ]
            if whole and path.startswith(("situation/", "lucka/", "vet-inte/")):
                found = {link.get("data-always-gap") for link in page.xpath(".//a[@data-always-gap]")}
                assert set(gaps) <= found, path
                shown += len(found)
        assert set(gaps) <= {
            a.get("data-always-gap") for a in pages["grunder"].xpath(".//a[@data-always-gap]")
        }
    assert shown or name != "real"


def test_every_unit_is_told_that_nobody_is_named_for_the_plan(tree: Tree) -> None:
    gap, pages = tree.get("nar-kontakten-lyckas", Gap), made("real")[1]
    for unit in tree.units:
        page = pages[f"enhet/{unit.id}"]
        links = page.xpath(f".//ul[@class='r-duties']//a[@data-gap='{gap.id}']")
        assert links, unit.id
        assert untold(page, links[0].getparent(), [gap]) == []


def values(situation: Situation, fact: str) -> set[str]:
    return {str(id) for facts in situation.facts for id in facts.get(Text(fact), ())}


def test_whether_an_announced_home_visit_is_a_booked_one_is_unclear_for_every_family(tree: Tree) -> None:
    gap = tree.get("barn-unga-pa-bokade-besok", Gap)
    visits = [
        placed.id
        for situation in tree.situations
        if values(situation, "hushall") == {"barnfamilj"}
        for placed in placed_steps(tree, situation)
        if placed.step.action == "aviserat-hembesok"
    ]
    assert len(visits) > 5
    assert [id for id in visits if id not in gap.concerns] == []


def test_an_exception_that_two_households_share_is_as_unclear_for_both(tree: Tree) -> None:
    gap = tree.get("vem-avgor-undantaget", Gap)
    excepted = [
        p for s in tree.situations for p in placed_steps(tree, s) if p.step.when == "inte-annan-bedomning"
    ]
    assert len({p.situation.id for p in excepted}) == 2
    assert [p.id for p in excepted if p.id not in gap.concerns] == []


@pytest.mark.parametrize("word", ["Ensamstående", "Vuxen", "Vuxna"])
def test_a_word_for_several_households_leads_to_the_question_that_tells_them_apart(
    tree: Tree, word: str
) -> None:
    (entry,) = (entry for entry in entries(Site.of(tree, "")) if entry.word == word)
    question = next(q for q in tree.questions if word.lower() in q.also)
    asking = {f"fraga/{node.id}.html" for node in tree.nodes if node.ask == question.id}
    assert {link.href for link in entry.links} <= asking


def test_no_word_for_what_a_question_settles_is_one_of_its_answers(tree: Tree) -> None:
    for question in tree.questions:
        facts = {
            (str(fact), str(id)) for o in question.options for fact, ids in o.facts.items() for id in ids
        }
        values = [v for fact in tree.facts for v in fact.values if (fact.id, v.id) in facts]
        assert set(question.also).isdisjoint(word for value in values for word in value.also), question.id
    assert any(question.also for question in tree.questions)


def exercises_of(tree: Tree) -> Iterator[tuple[Exercise, list[Mapping[Any, Any]]]]:
    """Yield every exercise, each with the cases that it is about."""
    for one in tree.examples:
        case: Mapping[Any, Any] = {fact: (value,) for fact, value in case_of(tree, one).items()}
        yield from ((exercise, [case]) for exercise in everything_in(tree, one))
    for situation in tree.situations:
        yield from ((exercise, list(situation.facts)) for exercise in all_about(tree, situation))


def held(tree: Tree, cases: list[Mapping[Any, Any]]) -> list[Frame]:
    """Return the frames that hold in all of the cases, on whichever action."""

    def holds(frame: Frame, case: Mapping[Any, Any]) -> bool:
        return all(case.get(fact) and set(case[fact]) <= set(ids) for fact, ids in frame.on.facts.items())

    return [frame for frame in tree.frames if all(holds(frame, case) for case in cases)]


@pytest.mark.parametrize("name", ["real", "playground"])
def test_what_is_wrong_by_the_steps_alone_is_told_with_the_frames_that_hold(name: str) -> None:
    """What no step says may be right under a frame, and a wrong choice, too."""
    tree, pages, _ = made(name)
    steps = {p.id: p.step for s in tree.situations for p in placed_steps(tree, s)}
    shown = {
        e.get("data-exercise"): e
        for path, page in pages.items()
        if path.startswith("ova/")
        for e in page.xpath(".//*[@data-exercise]")
    }
    of_case = of_choices = 0
    for exercise, cases in exercises_of(tree):
        if exercise.id not in shown or not (exercise.place in steps or exercise.right.key == exercise.place):
            continue
        (told,) = shown[exercise.id].xpath(".//*[@data-told]")
        also = [a.text_content() for a in told.xpath(".//*[@data-also]/a")]
        assert also == [f.title for f in held(tree, cases) if not f.on.action], exercise.id
        of_case += len(also)
        done = [exercise.place, *(c.place for c in exercise.wrong if c.key == c.place)]
        actions = {steps[place].action for place in done if place in steps}
        for frame in (f for f in held(tree, cases) if not actions.isdisjoint(f.on.action)):
            (folded,) = told.xpath(f".//details[@data-framed='{frame.id}']")
            missing = [str(s.text) for s in frame.statements if str(s.text) not in folded.text_content()]
            assert missing == [], (exercise.id, frame.id)
            of_choices += 1
    assert of_case or not any(not f.on.action for f in tree.frames)
    assert of_choices or name != "real"


def test_what_a_frame_may_make_right_is_told_on_paper_once_a_case(tree: Tree) -> None:
    booklet = made("real")[2]["ova/fallhafte.pdf"]
    assert len(booklet["cases"]) == len(tree.examples)
    nearest = {gap.id: gap.nearest for gap in tree.end_gaps}
    last, legal = {frame["title"]: frame for frame in booklet["frames"]}, 0
    for one, case in zip(tree.examples, booklet["cases"], strict=True):
        known: list[Mapping[Any, Any]] = [{f: (v,) for f, v in case_of(tree, one).items()}]
        # Of the whole case, or next to it where it has no steps, whichever steps are asked about.
        near = {str(id) for end in one.leads_to for id in (end, *nearest.get(end, ()))}
        done = {p.step.action for s in tree.situations if s.id in near for p in placed_steps(tree, s)}
        frames = [f for f in held(tree, known) if not f.on.action or done & {*f.on.action}]
        legal += sum(bool(frame.on.action) for frame in frames)
        for frame in frames:
            assert any(line.startswith(frame.title) for line in case["also"]), (one.id, frame.id)
            said_last = [statement["text"] for statement in last[frame.title]["statements"]]
            assert [s.text for s in frame.statements if s.text not in said_last] == []
        silent = [e for e in case["exercises"] if t("practice.further-last") in e["why"]]
        assert len(silent) == sum(end in tree.ids("gaps") for end in one.leads_to)
    assert legal > len(tree.examples)
    always = [s.text for topic in tree.topics if topic.always for s in topic.statements]
    assert always == [statement["text"] for statement in booklet["frames"][-1]["statements"]]
    text = "".join(text_of(typeset(printed_documents(Site.of(tree, "")))["ova/fallhafte.pdf"]))
    assert plain(t("practice.further")) not in text
    title, first = booklet["frames"][1]["title"], booklet["frames"][1]["statements"][0]
    assert plain(f"{title} {first['force']}: {first['text']}") in text
    assert text.count(plain(t("practice.also-last"))) == sum(bool(case["also"]) for case in booklet["cases"])


def test_a_joint_visit_without_notice_is_told_with_when_it_is_called_for() -> None:
    (told,) = made("real")[1]["ova/fall/dunsar-en-kvall"].xpath(
        ".//*[@data-exercise='fall/dunsar-en-kvall/barnfamilj-barn-unga-storning/oanmalt-hembesok']//*[@data-told]"
    )
    assert "Finns en sådan oro kan ett gemensamt hembesök med fördel göras" in said(told)


def test_a_step_that_the_routine_only_refers_to_is_said_to_stand_where_it_does(tree: Tree) -> None:
    titles = {s.id: s.title for s in tree.situations}
    seen = 0
    for exercise in (e for one in tree.examples for e in everything_in(tree, one)):
        if "/" in exercise.place and not exercise.id.endswith("/today"):
            situation = tree.get(exercise.place.partition("/")[0], Situation)
            own = {step.key for step in situation.steps}
            refers = situation.as_in and exercise.place.partition("/")[2] not in own
            stands = titles[situation.as_in] if refers and situation.as_in else situation.title
            assert exercise.why[0].startswith(f"Steget står under: {stands}.")
            assert ("så läser verktyget" in exercise.why[0]) == bool(refers)
            seen += bool(refers)
    assert seen
