"""The examples: each is one whole invented case that tells what its questions ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from generator.exercises import case_round
from generator.model import Example, Fact, FactSet, Question, Situation, Text, Tree, Unit
from generator.reading.parse import parse
from generator.routine.cases import Walk, ends, go_on, settled, walk, with_facts
from generator.routine.cases import case_of as whole_case
from generator.routine.outcomes import gaps_met, outcome
from generator.rules import check, example, practised
from tests.conftest import REAL, checked
from tests.every_case import covered_by

READ = parse(REAL.read_text("utf-8")).tree
EXAMPLES = READ.examples if READ else ()
each_example = pytest.mark.parametrize("one", EXAMPLES, ids=lambda e: str(e.id))

# The commonest given names in Sweden, those left out that are ordinary words too (Per, Maj, Sten, Hans).
NAMES = frozenset(
    re.findall(
        r"\w+",
        """
    Maria Anna Margareta Elisabeth Eva Kristina Birgitta Karin Marie Ingrid Linnéa Sofia Marianne Helena
    Lena Sara Emma Kerstin Johanna Katarina Viktoria Cecilia Susanne Elin Monica Jenny Irene Therese
    Carina Hanna Louise Ulla Ann Linda Gunilla Ida Ingegerd Viola Malin Annika Elsa Josefin Jeanette
    Matilda Ulrika Annette Anneli Barbro Siv Alice Julia Amanda Berit Klara Fatima Åsa Agneta Yvonne
    Caroline Sandra Erik Lars Karl Anders Johan Nils Mikael Jan Peter Olof Lennart Gunnar Sven Fredrik
    Bengt Bo Daniel Gustav Åke Göran Alexander Magnus Martin Andreas Stefan John Leif Björn Mats Henrik
    Thomas Christer Mohamed Jonas Robert David Axel Oskar Emil Niklas Patrik Håkan Marcus Simon Ali
    Ahmed Rolf Ulf Filip Viktor
    """,
    )
)


def case_of(one: Example) -> dict[str, str]:
    return with_facts({}, one.facts)


def ways_of(tree: Tree, one: Example) -> Iterator[Walk]:
    yield walk(tree, case_of(one))
    if onward := go_on(tree, case_of(one)):
        yield onward


@each_example
def test_the_answers_on_the_way_are_the_examples_facts(tree: Tree, one: Example) -> None:
    for way in ways_of(tree, one):
        told = settled(way.answers)
        assert told
        assert told == {fact: value for fact, value in case_of(one).items() if fact in told}


@each_example
def test_it_leads_to_the_ends_that_say_they_cover_it(tree: Tree, one: Example) -> None:
    case, leads_to = case_of(one), []
    while True:
        (end,) = (end for end in ends(tree) if covered_by(end, case))
        leads_to.append(end.id)
        if not isinstance(end, Situation) or end.continues is None:
            break
        case = with_facts(case, end.continues.as_)
    assert tuple(leads_to) == one.leads_to


@each_example
def test_a_fact_that_turns_an_answer_is_found_when_it_leads_elsewhere(tree: Tree, one: Example) -> None:
    turned = 0
    for fact in tree.facts:
        for value in fact.values:
            other = replace(one, facts={**one.facts, fact.id: (value.id,)})
            elsewhere = outcome(tree, case_of(other)).ends != one.leads_to
            assert bool(findings(tree, other)) == elsewhere
            turned += elsewhere
    assert turned


def findings(tree: Tree, one: Example) -> set[str]:
    """Return the rules that the example alone breaks, its gaps aside: another way has others."""
    alone = replace(tree, examples=(replace(one, gaps=()),))
    return {finding.rule for finding in example.check(alone)}


def test_a_fact_broken_in_the_file_is_reported_in_the_example(real_text: str, tree: Tree) -> None:
    for one in (tree.examples[0], tree.examples[-1]):
        old, new = turn(tree, one)
        lines = real_text.splitlines(keepends=True)
        line, at = lines[old.pos.line - 1], old.pos.column - 1
        lines[old.pos.line - 1] = line[:at] + new + line[at + len(old) :]
        _, found = check("".join(lines))
        assert [(f.rule, f.pos.line) for f in found] == [("example", one.leads_to[0].pos.line)]


def turn(tree: Tree, one: Example) -> tuple[Text, str]:
    """Return a value of the example, where it stands, and another one that leads elsewhere."""
    for fact in tree.facts:
        for value in fact.values:
            if outcome(tree, {**case_of(one), fact.id: value.id}).ends != one.leads_to:
                return one.facts[fact.id][0], value.id
    raise AssertionError(one.id)


def test_everything_that_a_case_can_meet_is_practised(tree: Tree) -> None:
    shown = {id for one in tree.examples for id in (*one.leads_to, *one.gaps)}
    assert {end.id for end in ends(tree)} <= shown
    assert {gap.id for gap in tree.gaps if gap.concerns} <= shown
    conditions = [condition for condition in tree.conditions if condition.event]
    assert {c.event.otherwise for c in conditions if c.event and c.event.otherwise} <= shown
    assert {c.unconfirmed for c in conditions if c.unconfirmed} <= shown


def test_no_case_says_who_decides_what_the_routine_leaves_open(tree: Tree) -> None:
    """The routine does not say which unit decides that nobody attends the eviction."""
    agreed = [one for one in tree.examples if "samråd med Kronofogden" in one.narrative]
    assert agreed
    for one in agreed:
        assert "vem-avgor-undantaget" in one.gaps
        assert not re.search(r"(?i)enheten (har )?(bedöm|beslut|avgör|avgjort)", one.narrative)


def test_every_value_of_every_fact_is_practised_on_a_way_that_asks_for_it(tree: Tree) -> None:
    asked = {
        item for one in tree.examples for way in ways_of(tree, one) for item in settled(way.answers).items()
    }
    assert asked == {(fact.id, value.id) for fact in tree.facts for value in fact.values}


def test_every_option_of_every_question_is_an_answer_somewhere(tree: Tree) -> None:
    chosen = {
        (answer.node.ask, answer.option.id)
        for one in tree.examples
        for way in ways_of(tree, one)
        for answer in way.answers
    }
    assert chosen == {(question.id, option.id) for question in tree.questions for option in question.options}


@each_example
def test_the_narrative_is_short(one: Example) -> None:
    assert 25 <= len(one.narrative.split()) <= 75
    assert 3 <= len(re.findall(r"[.!?]”?(?=\s|$)", one.narrative)) <= 6
    assert len(one.title.split()) <= 6


@each_example
def test_the_narrative_names_the_units_that_a_question_is_about(tree: Tree, one: Example) -> None:
    text = one.narrative.casefold()
    for answer in (answer for way in ways_of(tree, one) for answer in way.answers):
        for id in tree.get(answer.node.ask, Question).known_by:
            if id in tree.ids("units"):
                assert tree.get(id, Unit).label.casefold() in text


@each_example
def test_nobody_can_be_told_from_it(one: Example) -> None:
    text = f"{one.title} {one.narrative}"
    assert not NAMES & set(re.findall(r"\w+", text))
    assert not re.search(r"\d{6}|\d{2}-\d{2}|@|https?:", text)
    assert not re.search(r"(gatan|vägen|torget|gränd)\b", text)


@each_example
def test_it_tells_a_case_and_not_what_the_routine_says(one: Example) -> None:
    assert "rutin" not in f"{one.title} {one.narrative}".casefold()


def test_no_two_examples_tell_the_same(tree: Tree) -> None:
    for key in ("title", "narrative"):
        texts = [str(getattr(one, key)) for one in tree.examples]
        assert len(texts) == len(set(texts))


def test_a_tree_may_do_without_examples(tiny_text: str, tiny: Tree) -> None:
    without = checked(tiny_text[: tiny_text.index("examples:")])
    assert without.examples == ()
    assert list(practised.check(replace(tiny, examples=tiny.examples[:1]))) != []


def test_a_case_meets_the_gaps_of_its_questions_ends_steps_and_conditions(tiny: Tree) -> None:
    wet = outcome(tiny, {"fel": "vatten", "bradskar": "nej"})
    odd = outcome(tiny, {"fel": "annat", "bradskar": "nej"})
    assert (wet.ends, wet.questions) == (("utan-vatten",), ("fel",))
    assert [gap.id for gap in gaps_met(tiny, [wet])] == ["annat-fel"]  # its condition's otherwise
    assert [gap.id for gap in gaps_met(tiny, [odd])] == ["annat-fel"]  # its end
    quiet = replace(tiny, conditions=tuple(replace(c, event=None, unconfirmed=None) for c in tiny.conditions))
    assert gaps_met(quiet, [wet]) == []
    for place in ("fel", "utan-vatten", "utan-vatten/trosta"):
        gap = replace(tiny.gaps[0], concerns=(Text(place),))
        assert gaps_met(replace(quiet, gaps=(gap,)), [wet]) == [gap]


def test_a_fact_that_no_question_on_the_way_asks_for_is_still_settled(tree: Tree) -> None:
    one: Example = tree.examples[0]
    facts: FactSet = {fact: values for fact, values in one.facts.items() if fact != tree.facts[-1].id}
    found = list(example.check(replace(tree, examples=(replace(one, facts=facts),))))
    assert [f.rule for f in found] == ["example"]


def _without(tree: Tree, fact: Fact, default: Text | None) -> Tree:
    """Return the tree with this default, and with examples that do not name what it tells."""
    facts = tuple(replace(f, default=default) if f is fact else f for f in tree.facts)
    silent = [
        replace(one, facts={f: values for f, values in one.facts.items() if f != fact.id})
        if default in (None, one.facts[fact.id][0])
        else one
        for one in tree.examples
    ]
    return replace(tree, facts=facts, examples=tuple(silent))


def test_an_example_has_the_default_of_a_fact_that_it_does_not_name(tree: Tree) -> None:
    told = set()
    for fact in tree.facts:
        silent = _without(tree, fact, fact.values[0].id)
        assert list(example.check(silent)) == []
        for one, other in zip(tree.examples, silent.examples, strict=True):
            assert whole_case(silent, other) == case_of(one)
            before, after = case_round(tree, one), case_round(silent, other)
            assert before.exercises == after.exercises
            # Whoever reads it is told what would else be left to guess, and nothing besides.
            answers = [answer.option for way in ways_of(tree, one) for answer in way.answers]
            given = [str(o.short) for o in answers if not o.facts.keys() & other.facts.keys()]
            assert after.narrative.removeprefix(before.narrative).count(": ") == bool(given)
            assert all(short in after.narrative for short in given)
            told.add(bool(given))
    assert told == {True, False}


def test_a_fact_that_no_example_names_is_told_once(tree: Tree) -> None:
    fact = tree.facts[-1]
    (found,) = example.check(_without(tree, fact, None))
    assert found.pos == fact.id.pos
    assert f"”{fact.id}”" in found.message
