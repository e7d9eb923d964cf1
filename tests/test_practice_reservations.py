"""Practice, gap pages and search words say no more of a case than the routine does."""

from __future__ import annotations

import pytest

from generator.exercises import everything_in
from generator.locale import t
from generator.model import DOCUMENT, Gap, Situation, Text, Tree
from generator.pages.search_words import entries
from generator.pages.site import Site
from generator.routine.cases import ways, with_facts
from generator.routine.steps import placed_steps
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
