"""Who does not know an answer is told what is certain with what qualifies it, and what is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from generator.locale import t
from generator.model import Fact, Gap, Question, Tree
from generator.pages.site import Site
from generator.routine.cases import covers
from generator.routine.passages import passages
from generator.routine.reservations import reservations, reservations_on
from generator.routine.shared_duties import SharedDuty, shared_duties
from tests.every_case import all_cases
from tests.views import TREES, WHOLE, bound, in_full, made, said, untold


@pytest.mark.parametrize("name", WHOLE)
def test_a_shared_duty_has_all_that_qualifies_it(name: str) -> None:
    tree, pages, _ = made(name)
    passed, count = passages(tree), 0
    for node in tree.nodes:
        page = pages[f"vet-inte/{node.id}"]
        whole = shared_duties(tree, [p for p in passed if p.node == node.id])
        for kind in ("always", "described"):
            shown = page.xpath(f".//ul[@data-certain='{kind}']/li")
            count += check_duties(tree, page, shown, getattr(whole, kind))
        least = page.xpath(".//ul[@data-certain='varying']/li[@data-for]")
        count += check_duties(tree, page, least, whole.least)
        assert all(t("unsure.least") in said(li) for li in least)
    assert count > len(tree.nodes)


@pytest.mark.parametrize("name", TREES)
def test_who_does_not_know_sees_every_frame_that_holds_or_could_hold(name: str) -> None:
    tree, pages, _ = made(name)
    passed, conditional = passages(tree), set()
    for node in tree.nodes:
        page = pages[f"vet-inte/{node.id}"]
        cases = [case for p in passed if p.node == node.id for case in all_cases(tree, p.cases)]
        actions = set(page.xpath(".//li[@data-duty]/@data-duty"))
        heading = ""
        under: dict[str, str] = {}
        for element in page.iter("h2", "h3", "p", "summary", "li"):
            heading = said(element) if element.tag == "h2" else heading
            under[heading] = f"{under.get(heading, '')} {said(element)}"
        for frame in (f for f in tree.frames if not f.see and (actions & {*f.on.action} or not f.on.action)):
            holds = [covers(frame.on.facts, case) for case in cases]
            places = [h for h, text in under.items() if all(part in text for part in in_full([frame]))]
            if any(holds) and not all(holds):
                unsettled = [
                    (str(tree.get(fact, Fact).label), str(value.label))
                    for fact, ids in frame.on.facts.items()
                    for value in tree.get(fact, Fact).values
                    if value.id in ids and not all(case[fact] in ids for case in cases)
                ]
                (place,) = (h for h in places if h.startswith(t("unsure.frames-if", facts="")))
                # A value that several facts have says nothing without its fact.
                assert all(value in place for _, value in unsettled)
                assert all(fact in place for fact, value in unsettled if value in ("Ja", "Nej"))
                conditional.add(frame.id)
            else:
                assert bool(places) == any(holds), (node.id, frame.id)
                assert not any(h.startswith(t("unsure.frames-if", facts="")) for h in places)
    assert conditional or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_an_answer_has_the_gaps_of_the_whole_situations_that_it_leads_to(name: str) -> None:
    tree, pages, _ = made(name)
    passed, some = passages(tree), 0
    for node in tree.nodes:
        page = pages[f"vet-inte/{node.id}"]
        for option in tree.get(node.ask, Question).options:
            taken = [
                p
                for p in passed
                if p.node == node.id and any(covers(option.facts, case) for case in all_cases(tree, p.cases))
            ]
            ends = {end for p in taken for end in p.ends}
            possible = [situation for situation in tree.situations if situation.id in ends]
            (branch,) = page.xpath(f".//section[@data-branch='{option.id}']")
            bearing: dict[str, list[str]] = {}
            for situation in possible:
                for gap in reservations_on(tree, situation).gaps:
                    bearing.setdefault(str(gap.id), []).append(str(situation.title))
            shown = {each.get("data-whole-gap"): each for each in branch.xpath(".//*[@data-whole-gap]")}
            assert set(shown) == set(bearing), (node.id, option.id)
            for id, titles in bearing.items():
                assert untold(page, shown[id], [tree.get(id, Gap)]) == []
                named = [said(link) for link in shown[id].xpath("./p/a[not(@data-gap)]")]
                assert named == (titles if len(titles) < len(possible) else []), (node.id, option.id, id)
                some += bool(named)
    assert some or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_who_does_not_know_is_told_what_always_holds_and_where_else_to_look(name: str) -> None:
    tree, pages, _ = made(name)
    passed, seen = passages(tree), 0
    for node in tree.nodes:
        page = pages[f"vet-inte/{node.id}"]
        always = " ".join(said(each) for each in page.xpath(".//details[@data-topic]"))
        statements = [s for topic in tree.topics if topic.always for s in topic.statements]
        assert [str(s.text) for s in statements if s.text not in always] == []
        # None leads back to where a case comes from.
        cases = [(case, p.ends) for p in passed if p.node == node.id for case in all_cases(tree, p.cases)]
        there = {
            id
            for f in tree.frames
            if any(covers(f.on.facts, case) and not {*f.see} & {*ends} for case, ends in cases)
            for id in f.see
        }
        links = page.xpath(".//details[@data-see]/p/a[starts-with(@href, '../situation/')]/@href")
        assert {link.removeprefix("../situation/").partition(".html")[0] for link in links} == there, node.id
        seen += len(there)
    assert seen or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_only_advice_is_called_the_tool_s_own(name: str) -> None:
    tree, pages, _ = made(name)
    for node in tree.nodes:
        page, question = pages[f"vet-inte/{node.id}"], tree.get(node.ask, Question)
        notes = page.xpath(f".//p[.='{t('navigator.where_note')}']")
        assert len(notes) == bool(question.where or question.known_by), node.id
        (why,) = (p for p in page.xpath(".//article/p") if said(p) == question.why)
        assert said(why.xpath("preceding-sibling::h2")[-1]) == t("unsure.differs")
        for note in notes:
            assert said(note.xpath("preceding-sibling::h2")[-1]) == t("unsure.find-out")


def check_duties(tree: Tree, page: Any, shown: Any, duties: Iterable[SharedDuty]) -> int:
    for li, duty in zip(shown, duties, strict=True):
        text = said(li)
        assert bound(tree, duty.placed, li)
        opening = f"{duty.placed.condition.text}: " if duty.placed.condition else ""
        assert text.startswith(f"{opening}{duty.placed.sentence}")
        assert li.get("data-for").split() == [str(unit.id) for unit in duty.units]
        cites = map(Site(tree, "").cited, duty.cites)
        notes = [str(said) for n in duty.notes for said in (n.text, *(s.title for s in n.situations))]
        parts = [*notes, *map(str, duty.lines), *cites, *(str(f.title) for f in duty.frames)]
        assert [part for part in parts if part not in text] == []
        ids = [link.get("href")[1:] for link in li.xpath(".//a[@data-frame]")]
        there = " ".join(said(place) for id in ids for place in page.xpath(f".//*[@id='{id}']"))
        assert [part for part in in_full(duty.frames) if part not in f"{text} {there}"] == []
        assert untold(page, li, duty.gaps) == []
    return len(shown)


@pytest.mark.parametrize("name", TREES)
def test_what_is_done_in_several_ways_bears_the_marks_of_them_all(name: str) -> None:
    tree, pages, _ = made(name)
    found = 0
    for node in tree.nodes:
        bare = pages[f"vet-inte/{node.id}"].xpath(".//ul[@data-certain='varying']/li[not(@data-for)]")
        passed = [p for p in passages(tree) if p.node == node.id]
        steps = {str(v.action.id): v.steps for v in shared_duties(tree, passed).varying}
        for li in bare:
            held = [reservations(tree, p).each() for p in steps[li.get("data-duty")]]
            kinds = {t(f"matrix.{kind}") for each in held for kind, _ in each}
            assert {said(mark) for mark in li.xpath(".//*[@class='r-mark']")} == kinds
            found += bool(kinds)
    assert found or name != "real"
