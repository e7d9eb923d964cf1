"""Practice: what is right is what the model says, and what is wrong is wrong beyond doubt."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator.diff.compare import compare
from generator.diff.history import Revised
from generator.exercises import (
    CaseRound,
    Exercise,
    all_about,
    case_round,
    changed,
    everything_in,
    most_like,
    situation_rounds,
)
from generator.exercises.exercise import Choice, each_once
from generator.model import DOCUMENT, Ask, Example, Gap, Question, Role, Situation, Step, Text, Tree
from generator.outputs import outputs
from generator.pages.practice import pages, shelves
from generator.pages.rendering import body_of
from generator.pages.site import Site
from generator.routine.cases import covers, with_facts
from generator.routine.outcomes import all_outcomes, gaps_met, outcome
from generator.routine.steps import concerns, placed_steps, same_duty
from generator.rules import check
from tests.conftest import REAL, checked
from tests.every_case import all_cases
from tests.playground import TREE as PLAYGROUND


@pytest.fixture(scope="module")
def cases(tree: Tree) -> list[CaseRound]:
    return [case_round(tree, example) for example in tree.examples]


@pytest.fixture(scope="module")
def exercises(tree: Tree, cases: list[CaseRound]) -> list[Exercise]:
    situations = [e for one in situation_rounds(tree) for e in one.exercises]
    return [e for one in cases for e in one.exercises] + situations


@pytest.fixture(scope="module")
def data(made: Mapping[str, str]) -> dict[str, Any]:
    """What other systems are told: made on another way than the exercises."""
    told: dict[str, Any] = json.loads(made["rutin.json"])
    return told


def within(exercise: Exercise) -> str:
    """Return what the exercise is about, without the example: node, situation/step or gap."""
    return exercise.id.split("/", 2)[2]


def asks(tree: Tree, exercise: Exercise) -> bool:
    return exercise.place in tree.ids("nodes")


def step_exercises(tree: Tree, one: CaseRound) -> Iterator[tuple[Exercise, Situation, Step]]:
    steps = {p.id: p for s in tree.situations for p in placed_steps(tree, s)}
    for exercise in one.exercises:
        if within(exercise) in steps:
            placed = steps[within(exercise)]
            yield exercise, placed.situation, placed.step


def told_of(data: dict[str, Any]) -> dict[str, tuple[dict[str, Any], str]]:
    """Return step id → the step as other systems are told, and its condition and sentence as one text."""
    conditions = {c["id"]: c["text"] for c in data["conditions"]}
    return {
        s["id"]: (s, f"{conditions[s['when']]}: {s['sentence']}" if s["when"] else s["sentence"])
        for situation in data["situations"]
        for s in situation["steps"]
    }


def test_right_answers_lead_along_the_links_to_the_ends_of_the_case(
    tree: Tree, cases: list[CaseRound]
) -> None:
    for one in cases:
        at, reached = str(tree.routine.start), []
        for exercise in (e for e in one.exercises if asks(tree, e)):
            node = tree.get(at, Ask)
            assert exercise.place == at
            at = node.goto[Text(exercise.right.key)]
            if at not in tree.ids("nodes"):
                reached.append(at)
                onward = tree.get(at, Situation, Gap)
                if isinstance(onward, Situation) and onward.continues:
                    at = str(onward.continues.node)
        assert tuple(reached) == one.example.leads_to


def test_exactly_one_choice_agrees_with_the_facts_of_the_case(tree: Tree, cases: list[CaseRound]) -> None:
    for one in cases:
        case = with_facts({}, one.example.facts)
        for exercise in (e for e in one.exercises if asks(tree, e)):
            question = tree.get(tree.get(exercise.place, Ask).ask, Question)
            # On the way on from a situation, the case is looked at as if it had come in another way.
            agree = [o.id for o in question.options if covers(o.facts, case)]
            assert agree == [exercise.right.key]
            assert {c.key for c in exercise.choices} == {o.id for o in question.options}
            assert {c.text for c in exercise.choices} == {o.label for o in question.options}


def test_a_right_step_is_one_of_the_case_as_other_systems_are_told(
    tree: Tree, cases: list[CaseRound], data: dict[str, Any]
) -> None:
    told = told_of(data)
    for one in cases:
        for exercise, situation, step in step_exercises(tree, one):
            assert situation.id in one.example.leads_to
            said = exercise.right.text
            assert told[f"{situation.id}/{step.key}"][1] in (
                said,
                f"{exercise.prompt.partition(': ')[0]}: {said}",
            )


def test_a_step_is_asked_for_whether_or_not_its_condition_is_met(tree: Tree, cases: list[CaseRound]) -> None:
    """A case may tell that the debt is paid: then its steps are the situation's, and not what to do now."""
    conditions = [c for c in tree.conditions if c.event]
    stopping = {c.unconfirmed for c in conditions} | {c.event.otherwise for c in conditions if c.event}
    stopped = [one for one in cases if stopping & {*one.example.gaps}]
    asked = [e for one in stopped for e, _, _ in step_exercises(tree, one) if not e.id.endswith("/today")]
    assert asked
    assert [e.id for e in asked if not e.prompt.endswith(", oavsett om det ska göras nu?")] == []


def test_no_wrong_step_is_a_step_of_the_case(
    tree: Tree, cases: list[CaseRound], data: dict[str, Any]
) -> None:
    told, counted = told_of(data), 0
    steps = {p.id: p.step for s in tree.situations for p in placed_steps(tree, s)}
    for one in cases:
        own = [id for id in told if id.partition("/")[0] in one.example.leads_to]
        duties = {same_duty(steps[id]) for id in own}
        sentences = {told[id][0]["sentence"] for id in own}
        for exercise, _, _ in step_exercises(tree, one):
            for wrong in exercise.wrong:
                counted += 1
                assert same_duty(steps[wrong.key]) not in duties
                assert told[wrong.key][0]["sentence"] not in sentences
                units = units_in_roles(tree, steps[wrong.key])
                assert all(
                    steps[id].action != steps[wrong.key].action
                    or differ(units, units_in_roles(tree, steps[id]))
                    for id in own
                ), (exercise.id, wrong.text)
    assert counted > len(cases)


def units_in_roles(tree: Tree, step: Step) -> list[set[str]]:
    units = {str(unit.id) for unit in tree.units}
    return [units & {str(id) for id in ids} for ids in (step.who, step.with_, step.to)]


def differ(one: list[set[str]], other: list[set[str]]) -> bool:
    """Whether units are told apart: an actor that is not named could be anybody."""
    return (bool(one[0] and other[0]) and one[0] != other[0]) or one[1:] != other[1:]


def test_a_wrong_step_is_one_answer_away(tree: Tree, cases: list[CaseRound]) -> None:
    for one in cases:
        ends = set()
        for exercise in (e for e in one.exercises if asks(tree, e)):
            question = tree.get(tree.get(exercise.place, Ask).ask, Question)
            for option in question.options:
                changed_case = with_facts(with_facts({}, one.example.facts), option.facts)
                before = tree.get(one.example.leads_to[0], Situation, Gap)
                if len(one.example.leads_to) > 1 and isinstance(before, Situation) and before.continues:
                    ends |= set(outcome(tree, with_facts(changed_case, before.continues.as_)).ends)
                ends |= set(outcome(tree, changed_case).ends)
        for exercise, _, _ in step_exercises(tree, one):
            assert {wrong.key.partition("/")[0] for wrong in exercise.wrong} <= ends


def test_of_choices_with_one_text_the_first_stays_in_its_place() -> None:
    made = [Choice(key, text) for text, key in [("a", "1"), ("b", "2"), ("r", "3"), ("a", "4"), ("c", "5")]]
    assert [choice.key for choice in each_once(made, "r")] == ["1", "2", "5"]


def test_no_wrong_choice_is_what_the_routine_leaves_open(tree: Tree, exercises: list[Exercise]) -> None:
    """Where it is unclear whether a step is taken otherwise, no other way to take it is called wrong."""
    steps = {p.id: p.step for s in tree.situations for p in placed_steps(tree, s)}
    gaps = [gap for gap in tree.gaps if gap.concerns]
    compared = 0
    for exercise in (e for e in exercises if e.right.key in steps and not e.id.endswith("/today")):
        for wrong in exercise.wrong:
            if steps[wrong.key].action == steps[exercise.right.key].action:
                compared += 1
                doubts = [gap for gap in gaps if exercise.right.key in gap.concerns]
                assert all(wrong.key in gap.concerns for gap in doubts), (exercise.id, wrong.key)
    assert compared > 20


def test_where_it_is_unclear_who_is_meant_those_of_elsewhere_are_not_called_wrong(
    tree: Tree, exercises: list[Exercise], data: dict[str, Any]
) -> None:
    told, doubted = told_of(data), 0
    for exercise in exercises:
        _, _, aspect = exercise.id.rpartition("/")
        if (
            exercise.id.startswith("sen/")
            and aspect in ("who", "with", "to")
            and told[exercise.place][0][aspect]
        ):
            doubts = [gap for gap in tree.gaps if exercise.place in gap.concerns]
            doubted += len(doubts)
            elsewhere = {wrong.place for wrong in exercise.wrong if wrong.place}
            assert all(elsewhere <= set(gap.concerns) for gap in doubts), exercise.id
    assert doubted


def test_a_case_that_ends_in_a_gap_has_no_right_step(tree: Tree, cases: list[CaseRound]) -> None:
    found = 0
    for one in cases:
        for end in one.example.leads_to:
            if end in tree.ids("gaps"):
                (exercise,) = (e for e in one.exercises if e.place == end)
                assert exercise.right.key == end
                assert {c.key for c in exercise.wrong} <= tree.ids("situations")
                assert str(tree.get(end, Gap).text) in exercise.why
                names = [tree.get(id, Role).name for id in tree.get(end, Gap).decided_by]
                assert all(name in exercise.why[1] for name in names)
                # Every notice is registered and handled all the same (roller-vuxen/2).
                assert "aktualisering i Treserva" in exercise.why[2]
                assert "handbokens checklista" in exercise.why[2]
                assert "roller-vuxen" in {cite.section for cite in exercise.cites}
                found += 1
    assert found


@pytest.mark.parametrize("path", [REAL, PLAYGROUND])
def test_a_step_is_never_told_without_the_frames_and_gaps_it_has(path: Path) -> None:
    """Neither where it is right nor where a wrong choice is it, or is taken from it."""
    tree = checked(path.read_text("utf-8"))
    placed = {p.id: p for s in tree.situations for p in placed_steps(tree, s)}
    told, wrong_told = 0, 0
    everything = [e for s in tree.situations for e in all_about(tree, s)]
    for exercise in [*everything, *(e for x in tree.examples for e in everything_in(tree, x))]:
        feedback = [(c.place, c.why) for c in exercise.wrong if c.place in placed]
        right = " ".join((*exercise.why, *(str(gap.title) for gap in exercise.gaps)))
        for place, why in [(exercise.place, right), *feedback]:
            if place in placed:
                step = placed[place]
                gaps = [gap for gap in tree.gaps if place in gap.concerns and gap.weight != DOCUMENT]
                titles = [f.title for f in step.frames]
                titles += [gap.title for gap in gaps]
                assert all(str(title) in why for title in titles), (exercise.id, place)
                told += len(titles)
                wrong_told += len(titles) if place != exercise.place else 0
    assert told > wrong_told
    assert wrong_told or path == PLAYGROUND


def test_what_is_urgent_is_right_and_nothing_else_is_clearly_so(
    tree: Tree, exercises: list[Exercise], data: dict[str, Any]
) -> None:
    told = told_of(data)
    doubted = {place for gap in tree.gaps for place in gap.concerns}
    urgent = {c["id"] for c in data["conditions"] if c["urgent"]}
    today = [e for e in exercises if e.id.endswith("/today")]
    for exercise in today:
        assert told[exercise.right.key][0]["when"] in urgent
        assert all(told[wrong.key][0]["when"] not in urgent for wrong in exercise.wrong)
        assert not doubted & {wrong.key for wrong in exercise.wrong}
    asked = {e.right.key for e in today}
    assert asked == {id for id, (step, _) in told.items() if step["when"] in urgent}


def test_who_with_whom_and_to_whom_are_those_of_the_step(
    tree: Tree, exercises: list[Exercise], data: dict[str, Any]
) -> None:
    told, counted = told_of(data), {"who": 0, "with": 0, "to": 0}
    names = {u["id"]: u["name"] for u in (*data["units"], *data["parties"])}
    collective = {str(party.id) for party in tree.parties if party.collective}
    for exercise in exercises:
        _, _, aspect = exercise.id.rpartition("/")
        if exercise.id.startswith("sen/") and aspect in counted:
            counted[aspect] += 1
            ids = told[exercise.place][0][aspect]
            assert exercise.right.key == ("+".join(sorted(ids)) or "ingen")
            assert all(names[id].casefold() in exercise.right.text.casefold() for id in ids)
            assert not collective & set(ids)
            assert all(wrong.key != exercise.right.key for wrong in exercise.wrong)
            if not ids:
                assert "ingen mer" in exercise.right.text
    assert all(counted.values())


def test_when_is_the_condition_of_the_step(exercises: list[Exercise], data: dict[str, Any]) -> None:
    told, counted = told_of(data), 0
    conditions = {c["id"]: c["text"] for c in data["conditions"]}
    for exercise in exercises:
        if exercise.id.endswith("/when"):
            counted += 1
            assert exercise.right.text == conditions[told[exercise.place][0]["when"]]
            assert all(wrong.text != exercise.right.text for wrong in exercise.wrong)
            assert len(exercise.wrong) >= 2
    assert counted


def test_no_condition_of_the_same_paragraph_is_called_wrong(tree: Tree, exercises: list[Exercise]) -> None:
    """How far a condition reaches within its paragraph is for a reader to say."""
    cites = {p.id: p.step.cite for s in tree.situations for p in placed_steps(tree, s)}
    asked = [e for e in exercises if e.id.endswith("/when")]
    wrong = [(cites[e.place], cites[choice.place]) for e in asked for choice in e.wrong[:-1]]
    assert wrong
    for one, other in wrong:
        assert one.section != other.section or not {*one.paragraphs} & {*other.paragraphs}


def test_what_is_only_the_tool_s_reading_is_not_asked_for(tree: Tree, exercises: list[Exercise]) -> None:
    own = {condition.id for condition in tree.conditions if condition.own}
    read = {p.id for s in tree.situations for p in placed_steps(tree, s) if p.step.when in own}
    assert read
    assert not [e.id for e in exercises if e.place in read and e.id.endswith("/when")]


def test_every_situation_and_every_gap_that_a_case_can_meet_is_practised(
    tree: Tree, cases: list[CaseRound], exercises: list[Exercise]
) -> None:
    in_cases = {e.place.partition("/")[0] for one in cases for e in one.exercises}
    assert {gap.id for gap in gaps_met(tree, all_outcomes(tree))} <= in_cases
    # Each in a case, and each with its own steps.
    assert tree.ids("situations") <= in_cases
    own = {e.place.partition("/")[0] for e in exercises if e.id.startswith("sen/")}
    assert own == tree.ids("situations")
    for one in cases:
        shown = {e.place.partition("/")[0] for e in one.exercises}
        assert {*one.example.leads_to, *one.example.gaps} <= shown, one.example.id


def test_every_explanation_says_why_and_cites_what_it_rests_on(tree: Tree, exercises: list[Exercise]) -> None:
    sections = {str(s.id): s.paragraphs or 0 for s in tree.source}
    for exercise in exercises:
        assert exercise.cites
        assert all(1 <= p <= sections[c.section] for c in exercise.cites for p in c.paragraphs)
        assert any(exercise.why)
        if "/" in exercise.place:
            step = next(
                p.step for s in tree.situations for p in placed_steps(tree, s) if p.id == exercise.place
            )
            assert exercise.cites == (step.cite,)


def test_every_answer_tells_in_full_what_it_rests_on_and_in_a_line_that_unfolds(
    tree: Tree, real_text: str, made: Mapping[str, str]
) -> None:
    site, several = Site.of(tree, real_text), 0
    for one in tree.examples:
        page = html.fromstring(made[f"ova/fall/{one.id}.md"].partition("---\n")[2].partition("---\n")[2])
        for exercise in case_round(tree, one).exercises:
            [shown] = page.xpath("//*[@data-exercise=$id]", id=exercise.id)
            told = [
                said.text_content()
                for said in shown.xpath(".//*[@class='r-cite'][not(ancestor::*[@data-framed])]")
            ]
            assert told == [site.cited(cite) for cite in dict.fromkeys(exercise.cites)]
            folded = shown.xpath(".//details[contains(@class, 'r-place')]/summary")
            assert len(folded) == (len(told) > 1)
            several += len(folded)
    assert several > 50


def test_every_answer_leads_to_the_page_it_rests_on(made: Mapping[str, str]) -> None:
    for path in (path for path in made if path.startswith("ova/")):
        for href in re.findall(r'href="([^"#]+)#?[^"]*">Läs ', made[path]):
            assert f"{href.removeprefix('../' * path.count('/')).removesuffix('.html')}.md" in made


def test_ids_are_unique_and_so_are_the_choices(exercises: list[Exercise]) -> None:
    ids = [e.id for e in exercises]
    assert len(ids) == len(set(ids))
    for exercise in exercises:
        assert exercise.wrong
        for texts in ([c.text for c in exercise.choices], [c.key for c in exercise.choices]):
            assert len(texts) == len(set(texts)), exercise.id


def test_where_the_right_choice_stands_tells_nothing(exercises: list[Exercise]) -> None:
    places = [e.choices.index(e.right) for e in exercises if len(e.choices) == 4]
    for place in range(4):
        assert 0.15 < places.count(place) / len(places) < 0.35


def test_units_are_those_that_the_step_concerns(tree: Tree, exercises: list[Exercise]) -> None:
    steps = {p.id: p.step for s in tree.situations for p in placed_steps(tree, s)}
    for exercise in exercises:
        if exercise.place in steps:
            assert exercise.units == tuple(u.id for u in concerns(tree, steps[exercise.place]))


def test_a_round_is_short_and_what_is_shown_can_be_made(tree: Tree, cases: list[CaseRound]) -> None:
    for one in cases:
        made = {e.id: e for e in everything_in(tree, one.example)}
        assert all(made[e.id] == e for e in one.exercises)
        assert 2 <= len(one.exercises) <= 15


def test_two_examples_of_one_situation_do_not_always_ask_the_same(tree: Tree, cases: list[CaseRound]) -> None:
    asked: dict[str, set[frozenset[str]]] = {}
    for one in cases:
        steps = frozenset(str(s.key) for _, _, s in step_exercises(tree, one))
        asked.setdefault(str(one.example.leads_to[-1]), set()).add(steps)
    assert any(len(kinds) > 1 for kinds in asked.values())


def test_a_tiny_routine_gets_its_own_exercises(tiny: Tree) -> None:
    wet, odd = (case_round(tiny, example) for example in tiny.examples)
    assert [(e.id, e.right.text) for e in wet.exercises] == [("fall/torr-maskin/start", "Inget vatten")]
    (question, gap) = odd.exercises
    assert [c.text for c in question.wrong] == ["Inget vatten"]
    assert question.wrong[0].why == "Det svaret leder till: Stopp: inget vatten."
    assert gap.right.text == "Rutinen säger inte vilka steg som gäller i det här fallet."
    assert [c.text for c in gap.wrong] == ["Ta bara stegen för: Stopp: inget vatten"]
    assert gap.why == (
        "Rutinen nämner bara vatten.",
        "Vem kan avgöra, enligt verktygets förslag: Kaffechefen.",
    )
    assert situation_rounds(tiny) == []


# What changed


def edited(tree: Tree, situation: int, **keys: Any) -> tuple[Tree, str]:
    """Return the tree with another last step in a situation, and that step's id."""
    one = tree.situations[situation]
    last = replace(one.steps[-1], **keys)
    new = replace(one, steps=(*one.steps[:-1], last))
    others = tuple(new if s is one else s for s in tree.situations)
    return replace(tree, situations=others), f"{one.id}/{last.key}"


def test_nothing_is_new_when_nothing_or_only_words_changed(tree: Tree, real_text: str) -> None:
    assert changed(tree, tree).empty
    reworded = checked(real_text.replace("skicka ett informationsbrev", "skicka ett vänligt brev"))
    assert compare(tree, reworded).situations
    assert changed(tree, reworded).empty


def test_only_what_has_another_right_answer_is_new(tree: Tree) -> None:
    one = tree.situations[0].steps[-1]
    others = tuple(Text(str(u.id)) for u in tree.units if u.id not in one.who) or (Text("vuxen"),)
    after, step = edited(tree, 0, who=others[:1])
    new = changed(tree, after)
    (about,) = new.situations
    assert {e.place for e in about.exercises} == {step}
    assert {e.id.rpartition("/")[2] for e in about.exercises} == {"who"}
    assert {e.place for r in new.cases for e in r.exercises} == {step}
    assert {r.example.id for r in new.cases} <= {
        e.id for e in tree.examples if tree.situations[0].id in e.leads_to
    }


def test_a_new_case_is_new_altogether(tree: Tree) -> None:
    before = replace(tree, examples=tree.examples[1:])
    new = changed(before, tree)
    assert new.situations == ()
    (one,) = new.cases
    assert one.example is tree.examples[0]
    assert {e.id for e in case_round(tree, tree.examples[0]).exercises} <= {e.id for e in one.exercises}


def test_the_page_says_what_is_new_or_that_nothing_is(tree: Tree, real_text: str) -> None:
    def page(older: Tree | None) -> str:
        difference = compare(older, tree) if older else None
        site = Site.of(tree, real_text)
        (new,) = (p for p in pages(site, [Revised(tree.revisions[0], difference)]) if p.path == "ova/nytt")
        return body_of(site, new)

    assert "Det här är den första versionen." in page(None)
    assert "Inga frågor är nya" in page(tree)
    assert "data-exercise" not in page(tree)
    older, step = edited(tree, 0, who=(Text("barn-unga"),))
    assert f'data-exercise="sen/{step}/who"' in page(older)


# Pages


def test_every_case_and_every_question_is_on_its_page_with_the_answer(
    tree: Tree, made: Mapping[str, str], cases: list[CaseRound]
) -> None:
    for one in cases:
        page = made[f"ova/fall/{one.example.id}.md"]
        assert "Det här fallet är påhittat." in page
        assert f"ova/fall/{one.example.id}.html" in made["ova.md"]
        assert re.findall(r'data-exercise="([^"]+)"', page) == [e.id for e in one.exercises]
        assert page.count(" data-right>") == len(one.exercises)
    everything = [e.id for one in situation_rounds(tree) for e in one.exercises]
    assert re.findall(r'data-exercise="([^"]+)"', made["ova/vad-hander-sen.md"]) == everything


def test_a_search_never_ends_in_an_invented_case(made: Mapping[str, str]) -> None:
    for path, content in made.items():
        if path.startswith("ova/"):
            assert 'search: {"exclude": true}' in content


def test_markup_in_a_case_stays_text(tiny_text: str) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} [a](javascript:b)"
    text = tiny_text.replace("title: Ett konstigt ljud", f"title: '{hostile}'")
    text = text.replace("narrative: Maskinen har vatten", f"narrative: '{hostile} Maskinen har vatten")
    text = text.replace("Alla har redan fått kaffe.", "Alla har redan fått kaffe.'")
    text = text.replace("label: Något annat, short", f"label: '{hostile}', short")
    tree, findings = check(text)
    assert findings == []
    assert tree is not None
    made = outputs(tree, text)
    for path in ("ova.md", "ova/fall/konstigt-ljud.md", "ova/fall/torr-maskin.md"):
        assert "<script>alert" not in made[path]
        assert "<img src=x" not in made[path]
    assert "&lt;script&gt;alert(1)" in made["ova/fall/konstigt-ljud.md"]


def test_the_index_puts_a_case_where_its_household_is(tree: Tree, real_text: str) -> None:
    """A case that the routine has no answer for, too; and the order tells nothing about the answers."""
    site = Site.of(tree, real_text)
    placed = {str(c.example.id): shelf.section for shelf in shelves(site) for c in shelf.cases}
    assert set(placed) == {str(example.id) for example in tree.examples}
    for situation in tree.situations:
        chapter = site.chapter_of(situation.source)
        for example in tree.examples:
            if example.leads_to[0] == situation.id:
                assert placed[example.id] == chapter
    for example in tree.examples:
        first = tree.get(example.leads_to[0], Situation, Gap)
        if first.id in tree.ids("gaps"):
            fact = Text("hushall")
            alike = [s for s in tree.situations if set(s.facts[0][fact]) == set(example.facts[fact])]
            assert placed[example.id] in [site.chapter_of(s.source) for s in alike]


def test_a_tree_without_cases_still_has_its_pages(tiny_text: str) -> None:
    made = outputs(checked(tiny_text[: tiny_text.index("examples:")]), tiny_text)
    assert "fallhafte.pdf" not in made["ova.md"]
    assert {path for path in made if path.startswith("ova")} == {
        "ova.md",
        "ova/nytt.md",
        "ova/vad-hander-sen.md",
    }


def test_an_example_can_have_any_id(tiny_text: str) -> None:
    made = outputs(checked(tiny_text.replace("id: torr-maskin", "id: nytt")), tiny_text)
    assert {"ova/nytt.md", "ova/fall/nytt.md"} <= set(made)


def test_every_exercise_of_a_situation_is_told_apart_from_the_shown_ones(tree: Tree) -> None:
    """What has nothing to choose between is made for comparing, and never shown."""
    shown = {e.id for one in situation_rounds(tree) for e in one.exercises}
    made = {e.id: e for s in tree.situations for e in all_about(tree, s)}
    assert shown == {id for id, e in made.items() if e.wrong}
    assert shown < set(made)


def test_an_example_is_practised_whatever_its_order(tree: Tree) -> None:
    turned = replace(tree, examples=tuple(reversed(tree.examples)))
    one: Example = tree.examples[0]
    assert case_round(turned, one) == case_round(tree, one)


@pytest.mark.parametrize("path", [REAL, PLAYGROUND])
def test_a_case_is_most_like_the_situation_that_differs_from_it_latest(path: Path) -> None:
    """Told apart here one by one: by the first fact, or else the second, that a situation is not for."""
    tree = checked(path.read_text("utf-8"))

    def differs(situation: Situation, case: Mapping[str, str]) -> list[bool]:
        each = [{str(fact): set(values) for fact, values in facts.items()} for facts in situation.facts]
        return min(
            [value not in declared.get(fact, {value}) for fact, value in case.items()] for declared in each
        )

    for case in all_cases(tree):
        least = min(differs(situation, case) for situation in tree.situations)
        assert differs(most_like(tree, case), case) == least
