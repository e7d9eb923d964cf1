"""A fact travels with its reservations: no view shows a step without what qualifies it there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, takewhile
from typing import Any

import pytest
from lxml import html

from generator.locale import t
from generator.model import (
    DOCUMENT,
    Action,
    Condition,
    Fact,
    Force,
    Frame,
    Gap,
    Party,
    Question,
    Situation,
    Text,
    Tree,
    Unit,
)
from generator.outputs import outputs
from generator.pages.matrix import matrix
from generator.pages.record import record
from generator.pages.site import Site
from generator.printing.documents import printed_documents
from generator.routine.cases import covers, ways
from generator.routine.holding import hanging_on
from generator.routine.passages import passages
from generator.routine.reservations import Reservation, Reservations, reservations, reservations_on
from generator.routine.shared_duties import SharedDuty, shared_duties
from generator.routine.steps import PlacedStep, concerns, frames_of, placed_steps, units_in, units_of
from generator.routine.wording import names, ranges
from tests.conftest import REAL, checked
from tests.every_case import all_cases, covered_by
from tests.playground import TREE as PLAYGROUND
from tests.several import TREE as SEVERAL

TREES = {"real": REAL, "playground": PLAYGROUND, "several": SEVERAL}
WHOLE = ("real", "playground")  # those that have everything that a view can tell
ONCE = ("atgard/", "avsnitt/", "enhet/", "ny-har/", "lucka/", "vet-inte/")  # tell each gap once


@cache
def made(name: str) -> tuple[Tree, dict[str, Any], dict[str, Any]]:
    """Return a tree, its pages as HTML by path, and the data of its printed documents by path."""
    text = TREES[name].read_text("utf-8")
    tree = checked(text)
    files = outputs(tree, text)
    pages = {
        path.removesuffix(".md"): html.fragment_fromstring(content.split("---\n", 2)[2], "div")
        for path, content in files.items()
        if path.endswith(".md")
    }
    printed = {doc.path: json.loads(doc.data) for doc in printed_documents(Site.of(tree, text))}
    return tree, pages, printed | {"rutin.json": json.loads(files["rutin.json"])}


def steps(tree: Tree) -> Iterator[tuple[PlacedStep, Reservations]]:
    for situation in tree.situations:
        yield from ((placed, reservations(tree, placed)) for placed in placed_steps(tree, situation))


def said(node: Any) -> str:
    return re.sub(r"\s+", " ", node.text_content()).strip()


def told(qualifies: Reservations) -> list[str]:
    """Return what stands for each reservation where there is room: a text, or a title."""
    return [_text(about) for _, about in qualifies.each()]


def _text(about: Reservation) -> str:
    if isinstance(about, Text):
        return str(about)
    return str(about.text if isinstance(about, Condition) else about.title)


def sentence_of(tree: Tree, placed: PlacedStep) -> str:
    opening = f"{placed.condition.text}: " if placed.condition else ""
    return f"{opening}{tree.get(placed.step.force, Force).label} {placed.sentence}"


def in_full(frames: Iterable[Frame]) -> Iterator[str]:
    for frame in frames:
        yield str(frame.title)
        yield from (str(text) for s in frame.statements for text in (s.text, *s.points))


def beside(tree: Tree, placed: PlacedStep) -> list[str]:
    """Return what stands in a step in full beside its sentence, its frames and its gaps."""
    when, qualifies = placed.condition, reservations(tree, placed)
    confirmed = []
    if when and when.confirm:
        confirmed = [f"{t('site.confirm')} {names(tree, when.confirm_with)}: {when.confirm}"]
    note = [str(qualifies.note)] if qualifies.note else []
    cite = Site(tree, "").cited_shortly(placed.step.cite)
    return [*confirmed, *note, *map(str, placed.lines), cite]


def untold(page: Any, node: Any, gaps: Iterable[Gap]) -> list[str]:
    """Return the gaps that are told neither at a place itself nor where it points to on the page."""
    ids = {link.get("href")[1:] for link in node.xpath(".//a[starts-with(@href, '#')]")}
    told_there = " ".join(said(there) for there in page.xpath(".//*[@id]") if there.get("id") in ids)
    here = f"{said(node)} {told_there}"
    return [str(gap.id) for gap in gaps for text in (gap.title, gap.text) if text not in here]


def bound(tree: Tree, placed: PlacedStep, li: Any) -> bool:
    """Whether a step is said with its force: as a label before it, or marked inside the sentence."""
    said_with = f"{tree.get(placed.step.force, Force).label} {placed.sentence}"
    inside = li.xpath(".//*[@class='r-text']//*[contains(@class, 'r-force')]")
    return said_with in said(li) or (bool(inside) and placed.sentence in said(li))


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("view", ["situation/", "avsnitt/", "atgard/"])
def test_a_step_in_full_has_all_that_qualifies_it(name: str, view: str) -> None:
    tree, pages, _ = made(name)
    # A frame that stands in full once on the page is named at the step.
    expected, shown = {placed.id: placed for placed, _ in steps(tree)}, set()
    for path in (path for path in pages if path.startswith(view)):
        for li in pages[path].xpath(".//li[@data-step or @data-steps]"):
            for id in (li.get("data-step") or li.get("data-steps")).split():
                placed, text = expected[id], said(li)
                shown.add(placed.id)
                opening = f"{placed.condition.text}:" if placed.condition else ""
                assert bound(tree, placed, li), (path, placed.id)
                parts = [opening, *beside(tree, placed)]
                assert [part for part in parts if part not in text] == [], (path, placed.id)
                frames, whole = reservations(tree, placed).frames, said(pages[path])
                assert [str(f.title) for f in frames if f.title not in text] == [], (path, placed.id)
                assert [part for part in in_full(frames) if part not in whole] == [], (path, placed.id)
                assert untold(pages[path], li, reservations(tree, placed).gaps) == [], (path, placed.id)
    assert shown == set(expected)


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("view", ["enhet/", "ny-har/", "lucka/"])
def test_a_step_in_brief_has_all_that_qualifies_it(name: str, view: str) -> None:
    tree, pages, _ = made(name)
    qualifying, shown = {placed.id: (placed, q) for placed, q in steps(tree)}, 0
    for path in (path for path in pages if path.startswith(view)):
        for li in pages[path].xpath(".//li[@data-brief]"):
            (placed, qualifies), text = qualifying[li.get("data-brief")], said(li)
            shown += 1
            assert text.startswith(sentence_of(tree, placed)), (path, placed.id)
            named = [*map(str, placed.lines), *(str(f.title) for f in qualifies.frames), qualifies.note or ""]
            assert [part for part in named if part not in text] == [], (path, placed.id)
            assert untold(pages[path], li, qualifies.gaps) == [], (path, placed.id)
        for link in pages[path].xpath(".//a[@data-frame][starts-with(@href, '#')]"):
            (there,) = pages[path].xpath(f".//*[@id='{link.get('href')[1:]}']")
            frame = tree.get(link.get("data-frame"), Frame)
            assert [part for part in in_full([frame]) if part not in said(there)] == []
    assert shown or not [path for path in pages if path.startswith(view)]


@pytest.mark.parametrize("name", WHOLE)
def test_a_unit_s_page_has_the_steps_of_the_situations_that_name_it(name: str) -> None:
    tree, pages, _ = made(name)
    for unit in tree.units:
        page = pages[f"enhet/{unit.id}"]
        shown = [li.get("data-brief") for li in page.xpath(".//li[@data-brief]")]
        mine = [p.id for p, _ in steps(tree) if unit in units_of(tree, p.situation) and of(tree, unit, p)]
        assert sorted(shown) == sorted(mine)
        for situation in tree.situations:
            whole = page.xpath(f".//*[@data-whole='{situation.id}']")
            gaps = beside_own_steps(tree, situation, unit)
            framed = framed_beside_own_steps(tree, situation, unit)
            listed = unit in units_of(tree, situation) or bool(gaps) or bool(framed)
            assert len(page.xpath(f".//h3[@id='i-{situation.id}']")) == listed
            assert len(whole) == (listed and bool(gaps))
            assert not whole or untold(page, whole[0], gaps) == []
        together = {p.situation.id for p, _ in steps(tree) if is_together(tree, p)}
        links = page.xpath(".//p[@data-together]/a[not(@data-gap or @class)]/@href")
        assert links == [f"../situation/{s.id}.html" for s in tree.situations if s.id in together]
        assert together, "a tree without steps for all units together tests nothing"
        assert "Rutinen säger inte vilken enhet" in said(page.xpath(".//p[@data-together]")[0])
        assert len(page.xpath(".//a[@data-frame]")) == len(
            page.xpath(".//a[@data-frame][starts-with(@href, '#ram-')]")
        )


def test_the_card_marks_that_attending_at_an_eviction_has_an_exception() -> None:
    for household in ("barnfamilj", "utan-barn"):
        page = made("real")[1][f"situation/kronofogden-{household}"]
        (line,) = page.xpath(".//section[@class='r-brief']//div[starts-with(dt, 'Vid avhysningen')]/dd")
        assert t("matrix.condition") in [said(mark) for mark in line.xpath(".//*[@class='r-mark']")]


def test_a_word_of_the_tool_s_own_in_a_title_is_said_to_be_so(tree: Tree) -> None:
    word, pages = "enstaka", made("real")[1]
    own = [s for s in tree.situations if word in s.title.casefold()]
    for situation in own:
        (entry,) = pages[f"situation/{situation.id}"].xpath(f".//dl/div[dt='{word.capitalize()}']/dd")
        assert "I övriga situationer är det verktygets ord" in said(entry)
    assert len(own) > 5


def named_in(tree: Tree, about: Gap | Frame) -> list[Unit]:
    """Return the units that a gap or frame names."""
    words = f"{about.title} {about.text}" if isinstance(about, Gap) else " ".join(in_full([about]))
    return [unit for unit in tree.units if unit.name.casefold() in words.casefold()]


def is_about(tree: Tree, situation: Situation, gap: Gap, unit: Unit) -> bool:
    """Whether a gap is about a unit: it names it, or nobody and the situation has steps for it.

    One about the whole situation is about all with a step; where no step bears it, its title names others.
    """
    of_step = any(gap in q.gaps for p, q in steps(tree) if p.situation is situation)
    having = units_of(tree, situation)
    if gap in reservations_on(tree, situation).gaps:
        named = [u for u in tree.units if u.name in gap.title or (of_step and u.name in gap.text)]
        return unit in (*named, *having)
    return unit in (named_in(tree, gap) or having)


def of_whole_alone(tree: Tree, situation: Situation) -> list[Gap]:
    """Return the gaps about a whole situation that stand at no step of it."""
    at_steps = {g.id for p, q in steps(tree) if p.situation is situation for g in q.gaps}
    return [gap for gap in reservations_on(tree, situation).gaps if gap.id not in at_steps]


def beside_own_steps(tree: Tree, situation: Situation, unit: Unit) -> list[Gap]:
    """Return the gaps about the unit on the whole situation, and on steps that are not its own."""
    found = {g.id for g in reservations_on(tree, situation).gaps if is_about(tree, situation, g, unit)}
    for placed, qualifies in steps(tree):
        if placed.situation is situation and not of(tree, unit, placed):
            found |= {gap.id for gap in qualifies.gaps if is_about(tree, situation, gap, unit)}
    return [gap for gap in tree.gaps if gap.id in found]


@pytest.mark.parametrize("name", TREES)
def test_the_card_tells_each_unit_where_a_frame_or_gap_is_about_it(name: str) -> None:
    tree, pages, _ = made(name)
    of_others = {"frame": 0, "unclear": 0, "whole": 0}
    for situation in tree.situations:
        for unit in tree.units:
            (line,) = pages[f"situation/{situation.id}"].xpath(f".//*[@data-mine='{unit.id}'][dt]")
            found: dict[str, list[PlacedStep]] = {"frame": [], "unclear": []}
            for placed, qualifies in ((p, q) for p, q in steps(tree) if p.situation is situation):
                mine = of(tree, unit, placed)
                if any(mine or unit in named_in(tree, frame) for frame in qualifies.frames):
                    found["frame"].append(placed)
                if any(mine or is_about(tree, situation, gap, unit) for gap in qualifies.gaps):
                    found["unclear"].append(placed)
            numbers = {kind: ranges(p.number for p in each) for kind, each in found.items() if each}
            at_steps = {kind: t("brief.steps", numbers=n) for kind, n in numbers.items()}
            told = [t("brief.frame-at", steps=at_steps["frame"])] if "frame" in numbers else []
            if any(is_about(tree, situation, gap, unit) for gap in of_whole_alone(tree, situation)):
                told.append(t("brief.unclear-for", steps=t("brief.whole")))
                of_others["whole"] += unit not in units_of(tree, situation)
            told += [t("brief.unclear-at", steps=at_steps["unclear"])] if "unclear" in numbers else []
            marks = [said(mark) for mark in line.xpath(".//*[@class='r-mark']")]
            assert [mark for mark in marks if mark != t("matrix.condition")] == told, (situation.id, unit.id)
            for kind, each in found.items():
                of_others[kind] += sum(not of(tree, unit, p) for p in each)
    assert all(of_others.values()) or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_question_names_what_is_unclear_about_it(name: str) -> None:
    tree, pages, _ = made(name)
    asked = {str(node.id): tree.get(node.ask, Question) for node in tree.nodes}
    shown = introduced = 0
    for id, question in asked.items():
        page = pages["index" if id == tree.routine.start else f"fraga/{id}"]
        links = page.xpath(".//*[@data-question]/p/a")
        about = [gap for gap in tree.gaps if question.id in (*gap.concerns, *gap.also_at)]
        gaps = [gap for gap in about if gap.weight != DOCUMENT]
        assert [said(link) for link in links] == [str(gap.title) for gap in gaps]
        for start in (path for path in pages if path.startswith("ny-har/")):
            stops = pages[start].xpath(".//ol[@class='r-way']/li")
            for stop in (li for li in stops if said(li).startswith(question.text)):
                linked = stop.xpath("./p[contains(a/@href, 'luckor.html#')]/a")
                assert [said(link) for link in linked] == [str(gap.title) for gap in gaps]
                introduced += bool(linked)
        for link, gap in zip(links, gaps, strict=True):
            path, _, anchor = link.get("href").removeprefix("../").partition(".html#")
            (there,) = pages[path].xpath(f".//*[@id='{anchor}']/ancestor-or-self::section[1]")
            assert untold(there, there, [gap]) == []
        shown += len(gaps)
    assert (shown and introduced) or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_swimlane_marks_all_that_qualifies_a_step(name: str) -> None:
    tree, pages, _ = made(name)
    for placed, qualifies in steps(tree):
        (row,) = pages[f"situation/{placed.situation.id}"].xpath(f".//tr[@data-swim='{placed.step.key}']")
        kinds = list(dict.fromkeys(t(f"matrix.{kind}") for kind, _ in qualifies.each()))
        boxes = row.xpath(".//td[@data-part]//*[contains(@class, 'r-swim__box')]")
        assert boxes
        for box in boxes:  # also of those who are with or told
            notes = [said(note) for note in box.xpath(".//*[@class='r-swim__note']")]
            part = box.xpath("ancestor::td/@data-part")[0]
            expected = [t(f"swimlane.{part}")] if part != "who" else []
            expected += [placed.within] if placed.within else []
            assert notes == [*expected, *([", ".join(kinds)] if kinds else [])], placed.id


@pytest.mark.parametrize("name", WHOLE)
def test_what_always_holds_stands_on_every_situation(name: str) -> None:
    tree, pages, _ = made(name)
    always = [statement for topic in tree.topics if topic.always for statement in topic.statements]
    assert always
    for situation in tree.situations:
        folded = pages[f"situation/{situation.id}"].xpath(".//details[@id='efter-kontakt']")
        text = " ".join(said(each) for each in folded)
        assert [str(s.text) for s in always if s.text not in text] == [], situation.id
        duties = [duty for unit in units_of(tree, situation) for duty in unit.duties]
        assert [str(duty.text) for duty in duties if duty.text not in text] == [], situation.id


@pytest.mark.parametrize("name", TREES)
def test_a_gap_that_ends_a_way_points_where_its_situations_do(name: str) -> None:
    tree, pages, _ = made(name)
    seen = 0
    for gap in tree.end_gaps:
        cases = [case for case in all_cases(tree) if covered_by(gap, case)]
        there = {id for f in tree.frames if any(covers(f.on.facts, c) for c in cases) for id in f.see}
        links = pages[f"lucka/{gap.id}"].xpath(".//details[@data-see]/p/a[not(contains(@href, '#'))]/@href")
        assert {link.removeprefix("../situation/").removesuffix(".html") for link in links} == there, gap.id
        seen += len(there)
    assert seen or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_phase_says_once_that_its_steps_wait(name: str) -> None:
    tree, pages, _ = made(name)
    several = 0
    for situation in tree.situations:
        for phase in pages[f"situation/{situation.id}"].xpath(".//*[@class='r-phase']"):
            events = phase.xpath("./*[@data-event]")
            assert len(phase.xpath(".//*[@data-waits]")) == bool(events)
            several += len(events) > 1
    assert several or name != "real"


def is_collective(tree: Tree, placed: PlacedStep) -> bool:
    """Whether a step names a collective, and no unit."""
    who = [tree.get(id, Unit, Party) for id in placed.step.who]
    return any(isinstance(p, Party) and p.collective for p in who) and not [
        u for u in who if isinstance(u, Unit)
    ]


def named_beside(tree: Tree, placed: PlacedStep) -> list[Unit]:
    """Return who the routine says acts in a collective's step: those of its phase and matrix column."""
    if not is_collective(tree, placed):
        return []
    columns = [column.actions for column in tree.matrix if placed.step.action in column.actions]
    beside = [
        p.step
        for p in placed_steps(tree, placed.situation)
        if p.step.phase == placed.step.phase and any(p.step.action in actions for actions in columns)
    ]
    return [unit for unit in tree.units if any(unit.id in step.who for step in beside)]


def is_together(tree: Tree, placed: PlacedStep) -> bool:
    """Whether the routine names a collective for a step, and nowhere which unit."""
    return is_collective(tree, placed) and not named_beside(tree, placed)


@pytest.mark.parametrize("name", WHOLE)
def test_the_card_says_of_each_unit_when_it_is_told_and_when_it_acts(name: str) -> None:
    tree, pages, _ = made(name)
    kinds, words = set(), set[str]()
    for situation in tree.situations:
        placed = placed_steps(tree, situation)
        for unit in tree.units:
            (line,) = pages[f"situation/{situation.id}"].xpath(f".//*[@data-mine='{unit.id}'][dt]")
            acts = [p.number for p in placed if unit.id in {*p.step.who, *p.step.with_}]
            takes = [p.number for p in placed if unit.id in p.step.who]
            told_at = [p.number for p in placed if unit.id in p.step.to and p.number not in acts]
            together = [p.number for p in placed if is_collective(tree, p)]
            parts = {"Får veta": told_at, "Är med": [n for n in acts if n not in takes]}
            parts["Börjar" if takes[:1] == acts[:1] and not together else "Gör"] = takes
            expected = sorted((ns[0], f"{word} i steg {ns[0]}") for word, ns in parts.items() if ns)
            links = [said(a) for a in line.xpath("dd/a[starts-with(@href, '#')]")]
            assert [link for link in links if " i steg " in link] == [text for _, text in expected]
            assert ("nämner inte enheten" in said(line)) == (not expected)
            numbers = ranges(together) if together else ""
            told = f"tillsammans: steg {numbers}. Rutinen säger inte vilken enhet"
            assert (told in said(line)) == bool(together)
            kinds.add((len(expected), bool(together)))
            words |= {text.split(" i steg")[0] for _, text in expected}
    assert {0, 1, 2} <= {links for links, _ in kinds}
    assert {False, True} == {shared for _, shared in kinds}
    assert {"Börjar", "Är med"} <= words or name != "real"


@pytest.mark.parametrize("name", WHOLE)
def test_the_card_names_the_steps_that_bear_a_mark_and_no_other(name: str) -> None:
    tree, pages, _ = made(name)
    marked = 0
    for situation in tree.situations:
        page = pages[f"situation/{situation.id}"]
        bearing = [
            li.get("value")
            for li in page.xpath(".//li[@data-step]")
            if li.xpath(".//details[@data-gaps]") or "oklart, se steg" in said(li).casefold()
        ]
        whole = [t("brief.whole")] if t("brief.unclear-whole") in said(page) else []
        expected = [*whole, *([t("brief.steps", numbers=ranges(map(int, bearing)))] if bearing else [])]
        lines = page.xpath(f".//section[@class='r-brief']//div[dt='{t('brief.unclear')}']/dd")
        assert [said(line) for line in lines] == ([", ".join(expected)] if expected else []), situation.id
        marked += len(bearing)
    assert marked


def of(tree: Tree, unit: Unit, placed: PlacedStep) -> bool:
    return unit in units_in(tree, placed.step) or unit in concerns(tree, placed.step)


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
def test_a_situation_that_is_compared_has_the_gaps_on_all_of_it(name: str) -> None:
    tree, pages, _ = made(name)
    seen = 0
    for path in (path for path in pages if path.startswith("lucka/")):
        for side in pages[path].xpath(".//*[@data-side]"):
            gaps = reservations_on(tree, tree.get(side.get("data-side"), Situation)).gaps
            whole = side.xpath("./*[@data-whole]")
            assert len(whole) == bool(gaps)
            assert not whole or untold(pages[path], whole[0], gaps) == []
            seen += len(whole)
    assert seen or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_who_does_not_know_is_told_what_always_holds_and_where_else_to_look(name: str) -> None:
    tree, pages, _ = made(name)
    passed, seen = passages(tree), 0
    for node in tree.nodes:
        page = pages[f"vet-inte/{node.id}"]
        always = " ".join(said(each) for each in page.xpath(".//details[@data-topic]"))
        statements = [s for topic in tree.topics if topic.always for s in topic.statements]
        assert [str(s.text) for s in statements if s.text not in always] == []
        cases = [case for p in passed if p.node == node.id for case in all_cases(tree, p.cases)]
        there = {id for f in tree.frames if any(covers(f.on.facts, c) for c in cases) for id in f.see}
        links = page.xpath(".//details[@data-see]/p/a[not(contains(@href, '#'))]/@href")
        assert {link.removeprefix("../situation/").removesuffix(".html") for link in links} == there, node.id
        seen += len(there)
    assert seen or name != "real"


def told_where_more_is_known(tree: Tree, placed: PlacedStep) -> Iterator[str]:
    """Yield a step of some cases as it is told where some or all of its facts are known."""
    facts = placed.step.facts or {}
    for left in (left for number in range(len(facts)) for left in combinations(facts, number)):
        condition = hanging_on(tree, {fact: facts[fact] for fact in left}, placed.waits_for)
        yield replace(placed, condition=condition).told


@pytest.mark.parametrize("name", WHOLE)
def test_a_difference_marks_what_qualifies_its_steps(name: str) -> None:
    tree, pages, _ = made(name)
    by_text: dict[str, set[str]] = {}
    for placed, qualifies in steps(tree):
        kinds = dict.fromkeys(t(f"matrix.{kind}") for kind, _ in qualifies.each() if kind != "condition")
        for told in {placed.told, *told_where_more_is_known(tree, placed)}:
            by_text.setdefault(told, set()).add(" ".join((told, *kinds)))
    shown = [
        said(li)
        for situation in tree.situations
        for li in pages[f"situation/{situation.id}"].xpath(".//details[@class='r-differs']//li")
    ]
    for text in shown:
        (told_there,) = {told for told in by_text if text.startswith(told)}
        assert text in by_text[told_there]
    assert any(text not in by_text for text in shown) or name != "real"
    seen = 0
    for situation in tree.situations:
        known = reservations_on(tree, situation).gaps
        for other in pages[f"situation/{situation.id}"].xpath(".//li[@data-other][./p or ./details]"):
            there = tree.get(other.get("data-neighbour"), Situation)
            gaps = [gap for gap in reservations_on(tree, there).gaps if gap not in known]
            told_there = " ".join(said(line) for line in other.xpath("./p[@data-whole-gaps]"))
            assert [str(gap.title) for gap in gaps if gap.title not in told_there] == []
            seen += len(gaps)
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
def test_a_frame_or_gap_of_the_whole_situation_stands_on_its_page(name: str) -> None:
    tree, pages, _ = made(name)
    for situation in tree.situations:
        page = pages[f"situation/{situation.id}"]
        frames = list(in_full(frames_of(tree, situation)))
        assert [part for part in frames if part not in said(page)] == []
        assert untold(page, page, reservations_on(tree, situation).gaps) == []


@pytest.mark.parametrize("name", TREES)
def test_a_gap_is_told_once_a_page_and_one_of_the_document_in_the_list_alone(name: str) -> None:
    tree, pages, printed = made(name)
    of_document = {str(gap.title) for gap in tree.gaps if gap.weight == DOCUMENT}
    for path in (path for path in pages if path.startswith(("situation/", *ONCE))):
        folded = [said(s) for s in pages[path].xpath(".//details[@class='r-gap']/summary")]
        listed = [said(s) for s in pages[path].xpath(".//li[@data-gap-told]/strong")]
        shown = [title.removeprefix(t("site.gap-here")).strip() for title in (*folded, *listed)]
        assert not of_document & set(shown), path
        assert path.startswith("situation/") or len(shown) == len(set(shown)), path
    in_list = {section.get("data-gap") for section in pages["luckor"].xpath(".//section[@data-gap]")}
    assert in_list == {str(gap.id) for gap in tree.gaps}
    for checklist in (data["checklist"] for data in printed.values() if "checklist" in data):
        shown = [gap["title"] for gap in checklist["gaps"]]
        assert len(shown) == len(set(shown))
        assert not of_document & set(shown)
        numbered = {title for phase in checklist["phases"] for s in phase["steps"] for title in s["gaps"]}
        assert numbered <= set(shown)  # a step names its gaps by their numbers there


@pytest.mark.parametrize("name", TREES)
def test_the_list_of_gaps_begins_with_those_that_stop(name: str) -> None:
    tree, pages, _ = made(name)
    weights = {"stops": 0, "affects": 1, "document": 2}
    listed = [section.get("data-gap") for section in pages["luckor"].xpath(".//section[@data-gap]")]
    found = [weights[tree.get(id, Gap).weight] for id in listed]
    assert found == sorted(found)


def test_the_matrix_names_whom_each_step_names_and_how(tree: Tree) -> None:
    pages = made("real")[1]
    for situation in tree.situations:
        for column in tree.matrix:
            (cell,) = pages["matris"].xpath(f".//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            text = said(cell)
            for placed in placed_steps(tree, situation):
                if placed.step.action in column.actions:
                    picks = placed.step.to if column.shows == "to" else placed.step.who
                    assert all(str(u.label) in text for u in tree.units if u.id in picks)
                    assert str(tree.get(placed.step.action, Action).short or "") in text


@pytest.mark.parametrize("name", TREES)
def test_a_cell_of_the_matrix_marks_all_that_qualifies_its_steps(name: str) -> None:
    tree, pages, printed = made(name)
    page = pages["matris"]
    rows = printed["checklista/haftet.pdf"]["matrix"]["rows"]
    for situation, row in zip(tree.situations, rows, strict=True):
        for column, cell in zip(tree.matrix, row["cells"], strict=True):
            (td,) = page.xpath(f".//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            links = td.xpath(".//a[@data-mark]")
            there = {link.get("href")[1:]: said(link) for link in links}
            explained = " ".join(said(page.xpath(f".//*[@id='{id}']")[0]) for id in there)
            assert len(cell["marks"]) == len(there)
            for placed, qualifies in steps(tree):
                if placed.situation is situation and placed.step.action in column.actions:
                    assert [t for t in told(qualifies) if t not in explained] == [], placed.id
        # What is unclear is marked somewhere in the row, also where no column is about the step.
        (tr,) = page.xpath(f".//tr[@id='{situation.id}']")
        marked = {link.get("href")[1:] for link in tr.xpath(".//a[@data-mark]")}
        explained = " ".join(said(page.xpath(f".//*[@id='{id}']")[0]) for id in marked)
        whole = reservations_on(tree, situation).gaps
        gaps = [g for p, q in steps(tree) if p.situation is situation for g in q.gaps]
        assert [str(gap.title) for gap in (*whole, *gaps) if gap.title not in explained] == []


@pytest.mark.parametrize("name", TREES)
def test_a_dash_stands_only_where_no_case_of_the_situation_is_told_it(name: str) -> None:
    tree, pages, printed = made(name)
    told_of: dict[str, set[str]] = {str(situation.id): set() for situation in tree.situations}
    for case in all_cases(tree):
        ends = [tree.get(way.at, Situation) for way in ways(tree, case) if way.at in told_of]
        for end in ends if len(ends) == len(ways(tree, case)) else ():
            told_of[end.id].update(p.step.action for each in ends for p in placed_steps(tree, each))
    rows = printed["checklista/haftet.pdf"]["matrix"]["rows"]
    for situation, row in zip(tree.situations, rows, strict=True):
        for column, cell in zip(tree.matrix, row["cells"], strict=True):
            (td,) = pages["matris"].xpath(f".//tr[@id='{situation.id}']/td[@data-column='{column.id}']")
            is_told = not told_of[situation.id].isdisjoint(column.actions)
            assert bool(td.xpath(".//*[@class='r-none']")) != is_told, (situation.id, column.id)
            assert (cell["said"] == ["–"]) != is_told
            for link in td.xpath(".//a[@data-elsewhere]/@href"):
                path, _, step = link.partition("#")
                assert not step or pages[path.removesuffix(".html")].xpath(f".//*[@id='{step}']")


def test_a_gap_on_what_a_column_asks_makes_an_empty_cell_unclear(tree: Tree) -> None:
    here, gap = "barnfamilj-ekonomi-upprepad-skuld", "ersatter-upprepat-de-forsta-stegen"
    less = tuple(
        replace(s, steps=tuple(step for step in s.steps if step.action != "informera")) if s.id == here else s
        for s in tree.situations
    )
    shown = matrix(Site.of(replace(tree, situations=less), ""))
    (row,) = (row for band in shown.bands for row in band.rows if row.situation.id == here)
    cells = dict(zip((str(column.id) for column in tree.matrix), row.cells, strict=True))
    assert not cells["far-veta"].is_said
    assert [mark.about for mark in cells["far-veta"].marks] == [tree.get(gap, Gap)]
    assert not cells["utser"].marks


@pytest.mark.parametrize("name", TREES)
def test_what_explains_a_mark_in_the_booklet_says_it_in_full(name: str) -> None:
    tree, _, printed = made(name)
    legend = [m for part in printed["checklista/haftet.pdf"]["matrix"]["legend"] for m in part["marks"]]
    frames = {m["frame"]["title"] for m in legend if "frame" in m}
    texts = {m["text"] for m in legend if "frame" not in m}
    for placed, qualifies in steps(tree):
        if any(placed.step.action in column.actions for column in tree.matrix):
            assert {str(f.title) for f in qualifies.frames} <= frames
            rest = Reservations(qualifies.condition, (), qualifies.note, qualifies.gaps)
            assert set(told(rest)) <= texts


@pytest.mark.parametrize("name", TREES)
def test_paper_tells_every_step_with_all_that_qualifies_it(name: str) -> None:
    tree, _, printed = made(name)
    whole = [data["checklist"] for path, data in printed.items() if "checklist" in data]
    checklists = [*whole, *printed["checklista/haftet.pdf"]["checklists"]]
    qualifying = {(p.situation.id, p.number): q for p, q in steps(tree)}
    for checklist in checklists:
        for step in (step for phase in checklist["phases"] for step in phase["steps"]):
            qualifies = qualifying[checklist["id"], step["number"]]
            assert step["when"] == (qualifies.condition and qualifies.condition.text)
            assert step["note"] == qualifies.note
            assert [frame["title"] for frame in step["frames"]] == [f.title for f in qualifies.frames]
            assert step["gaps"] == [gap.title for gap in qualifies.gaps]


@pytest.mark.parametrize("name", TREES)
def test_paper_of_one_unit_has_the_gaps_and_frames_of_steps_that_it_leaves_out(name: str) -> None:
    tree, _, printed = made(name)
    for checklist in (data["checklist"] for data in printed.values() if "checklist" in data):
        gaps = {gap["title"] for gap in checklist["gaps"]}
        in_steps = [frame for phase in checklist["phases"] for s in phase["steps"] for frame in s["frames"]]
        frames = {frame["title"] for frame in (*checklist["frames"], *in_steps)}
        for placed, qualifies in steps(tree):
            if placed.situation.id == checklist["id"]:
                assert {str(gap.title) for gap in qualifies.gaps} <= gaps
                assert {str(frame.title) for frame in qualifies.frames} <= frames


@pytest.mark.parametrize("name", TREES)
def test_the_data_has_every_step_with_all_that_qualifies_it(name: str) -> None:
    tree, _, printed = made(name)
    data = printed["rutin.json"]
    exported = {step["id"]: step for situation in data["situations"] for step in situation["steps"]}
    conditions = {c["id"]: c["text"] for c in data["conditions"]}
    gaps = {gap["id"]: gap["concerns"] for gap in data["gaps"]}
    frames = {frame["id"]: frame["on"] for frame in data["frames"]}
    for placed, qualifies in steps(tree):
        step = exported[placed.id]
        if qualifies.condition:
            if step.get("facts"):
                assert step["sentence"].startswith(f"{qualifies.condition.text}: ")
            else:
                assert conditions[step["when"]] == qualifies.condition.text
        waits_for = placed.waits_for and placed.waits_for.text
        assert (conditions[step["when"]] if step["when"] else None) == waits_for
        assert step.get("note") == qualifies.note
        assert all(placed.id in gaps[gap.id] for gap in qualifies.gaps)
        assert all(placed.step.action in frames[frame.id]["action"] for frame in qualifies.frames)


@pytest.mark.parametrize("name", TREES)
def test_paper_says_which_checklists_to_take_besides(name: str) -> None:
    tree, pages, printed = made(name)
    for situation in tree.situations:
        checklist = printed[f"checklista/{situation.id}.pdf"]["checklist"]
        assert (checklist["onward"] is None) == (situation.continues is None)
        if situation.continues:
            there = {
                w[1].at
                for case in all_cases(tree)
                if len(w := ways(tree, case)) > 1 and w[0].at == situation.id
            }
            titles = {str(tree.get(id, Situation, Gap).title) for id in there}
            onward = checklist["onward"]
            assert {*onward["checklists"], *onward["gaps"]} == titles
            links = pages[f"situation/{situation.id}"].xpath(".//*[@data-onward-to]//a")
            assert {said(link) for link in links} == titles


def framed_beside_own_steps(tree: Tree, situation: Situation, unit: Unit) -> dict[int, list[Frame]]:
    """Return the frames that name a unit at steps that do not, by the step's number."""
    found = {}
    for placed, qualifies in steps(tree):
        if placed.situation is situation and unit not in units_in(tree, placed.step):
            found[placed.number] = [frame for frame in qualifies.frames if unit in named_in(tree, frame)]
    return {number: frames for number, frames in found.items() if frames}


@pytest.mark.parametrize("name", TREES)
def test_a_unit_is_told_of_frames_about_it_in_situations_that_are_not_its_own(name: str) -> None:
    tree, pages, _ = made(name)
    marked = 0
    for unit in tree.units:
        page = pages[f"enhet/{unit.id}"]
        assert said(page.xpath(".//h2[@id='situationer']")[0]) == t("site.unit-situations")
        for situation in tree.situations:
            framed = framed_beside_own_steps(tree, situation, unit)
            numbers = ranges(framed) if framed else ""
            mark = t("brief.frame-at", steps=t("brief.steps", numbers=numbers))
            lines = page.xpath(f".//h3[@id='i-{situation.id}']/following-sibling::*[1][@data-framed]")
            assert len(lines) == bool(framed), (unit.id, situation.id)
            for line in lines:
                titles = {str(frame.title) for frames in framed.values() for frame in frames}
                assert mark in said(line)
                assert {said(link) for link in line.xpath(".//a[@data-frame]")} == titles
            marked += bool(framed)
    assert marked or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_standing_duty_bears_the_gaps_that_rest_on_its_paragraph(name: str) -> None:
    tree, pages, _ = made(name)
    marked = 0
    for unit in tree.units:
        for duty in unit.duties:
            places = {(c.section, n) for c in duty.cite for n in c.paragraphs}
            gaps = [
                gap
                for gap in tree.gaps
                if gap.weight != DOCUMENT
                and places & {(c.section, n) for c in gap.cite for n in c.paragraphs}
            ]
            for path, page in pages.items():
                if path.startswith(("enhet/", "ny-har/", "situation/")):
                    for li in page.xpath(
                        ".//ul[@class='r-duties']/li | .//details[@class='r-after__unit']//li"
                    ):
                        if str(duty.text) in said(li):
                            assert [g.id for g in gaps] == li.xpath(".//a/@data-gap"), (path, duty.id)
                            here = path.startswith("situation/")
                            where = pages["luckor"] if here else page
                            ids = [h.rpartition("#")[2] for h in li.xpath(".//a[@data-gap]/@href")]
                            there = " ".join(said(e) for id in ids for e in where.xpath(f".//*[@id='{id}']"))
                            assert [g.id for g in gaps if g.title not in there] == []
                            marked += len(gaps)
    assert marked or name != "real"


@pytest.mark.parametrize("name", WHOLE)
def test_the_record_of_a_gap_has_all_that_its_page_says_holds_all_the_same(name: str) -> None:
    tree, pages, _ = made(name)
    site, seen = Site.of(tree, ""), 0
    for gap in tree.end_gaps:
        data = record(site, gap)
        whole = " ".join(line for told in data["frames"] for line in told["text"])
        assert any(group["of"] == "frames" for group in data["all"])
        assert [way for way in data["ways"] if t("record.steps-for", title=gap.title) in way["text"]] == []
        after = pages[f"lucka/{gap.id}"].xpath(".//h2[@id='galler-anda']/following-sibling::*")
        within = list(takewhile(lambda element: element.tag != "h2", after))
        told_here = ".//*[@class='r-text'] | .//*[@class='r-frame__title'] | .//details[@data-see]/p/a"
        texts = [said(e) for part in within for e in part.xpath(told_here)]
        titles = ".//details[contains(@class, 'r-frame')][not(@data-see)]/summary/text()[1]"
        texts += [str(title).strip() for part in within for title in part.xpath(titles)]
        assert [text for text in texts if text not in whole] == [], gap.id
        of_frames = [s for frame in frames_of(tree, gap) for s in frame.statements]
        statements = [*of_frames, *(s for topic in tree.topics for s in topic.statements)]
        shown = " ".join(map(said, within))
        assert [str(s.text) for s in statements if (s.text in shown) and s.text not in whole] == []
        seen += len(texts)
    assert seen
