"""A gap is told where it bears on somebody, once, with what holds all the same."""

from __future__ import annotations

from itertools import takewhile

import pytest

from generator.locale import t
from generator.model import DOCUMENT, Gap, Question, Situation
from generator.pages.record.record import record
from generator.pages.site import Site
from generator.routine.cases import covers
from generator.routine.reservations import reservations_on
from generator.routine.steps import frames_of
from tests.every_case import all_cases, covered_by
from tests.views import TREES, WHOLE, made, said, untold

FRAMES = ".//*[contains(concat(' ', @class, ' '), ' r-frame ')]"
ONCE = ("atgard/", "avsnitt/", "enhet/", "ny-har/", "lucka/", "vet-inte/")  # tell each gap once


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
def test_a_gap_that_ends_a_way_points_where_its_situations_do(name: str) -> None:
    tree, pages, _ = made(name)
    seen = 0
    for gap in tree.end_gaps:
        cases = [case for case in all_cases(tree) if covered_by(gap, case)]
        there = {id for f in tree.frames if any(covers(f.on.facts, c) for c in cases) for id in f.see}
        situation = ".//details[@data-see]/p/a[starts-with(@href, '../situation/')]/@href"
        links = pages[f"lucka/{gap.id}"].xpath(situation)
        assert {link.removeprefix("../situation/").partition(".html")[0] for link in links} == there, gap.id
        seen += len(there)
    assert seen or name != "real"


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
def test_a_gap_is_told_once_a_page_and_one_of_the_document_in_the_list_alone(name: str) -> None:
    tree, pages, printed = made(name)
    of_document = [gap for gap in tree.gaps if gap.weight == DOCUMENT]
    ids, titles = {str(gap.id) for gap in of_document}, {str(gap.title) for gap in of_document}
    told: set[str] = set()
    for path in (path for path in pages if path.startswith(("situation/", *ONCE))):
        folded = [id for ids in pages[path].xpath(".//details/@data-gaps") for id in ids.split()]
        shown = [*folded, *pages[path].xpath(".//li/@data-gap-told")]
        assert not ids & set(shown), path
        assert path.startswith("situation/") or len(shown) == len(set(shown)), path
        told.update(shown)
    assert told
    in_list = {section.get("data-gap") for section in pages["luckor"].xpath(".//section[@data-gap]")}
    assert in_list == {str(gap.id) for gap in tree.gaps}
    for checklist in (data["checklist"] for data in printed.values() if "checklist" in data):
        shown = [gap["title"] for gap in checklist["gaps"]]
        assert len(shown) == len(set(shown))
        assert not titles & set(shown)
        numbered = {title for phase in checklist["phases"] for s in phase["steps"] for title in s["gaps"]}
        assert numbered <= set(shown)  # a step names its gaps by their numbers there


@pytest.mark.parametrize("name", TREES)
def test_the_list_of_gaps_begins_with_those_that_stop(name: str) -> None:
    tree, pages, _ = made(name)
    weights = {"stops": 0, "affects": 1, "document": 2}
    listed = [section.get("data-gap") for section in pages["luckor"].xpath(".//section[@data-gap]")]
    found = [weights[tree.get(id, Gap).weight] for id in listed]
    assert found == sorted(found)


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


@pytest.mark.parametrize("name", TREES)
def test_what_holds_in_every_case_rests_at_a_gap_on_what_says_so_alone(name: str) -> None:
    """The neighbours' paragraphs stand under headings that the case is not under."""
    tree, pages, _ = made(name)
    cites = {action: duty.cite for unit in tree.units for duty in unit.duties for action in duty.actions}
    site, seen = Site.of(tree, ""), 0
    for path in (path for path in pages if path.startswith("lucka/")):
        for li in pages[path].xpath(".//ul[@data-holds]/li[@data-duty]"):
            places = [said(p) for p in li.xpath(".//details[contains(@class, 'r-place')]/p")]
            assert places == [site.cited(cite) for cite in cites[li.get("data-duty")]], path
            seen += 1
    assert seen or name != "real"


@pytest.mark.parametrize("name", WHOLE)
def test_what_has_points_is_copied_with_something_between_them(name: str) -> None:
    tree, _, _ = made(name)
    every = [s for topic in tree.topics if topic.always for s in topic.statements if s.points]
    for end in tree.situations:
        copied = [line for told in record(Site.of(tree, ""), end)["frames"] for line in told["text"]]
        assert all(f"{s.text} {'; '.join(s.points)}" in copied for s in every)
    assert every or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_paper_says_where_there_are_no_steps_and_what_holds_there_all_the_same(name: str) -> None:
    tree, pages, printed = made(name)
    links = pages["checklistor"].xpath(".//ul[@data-silent]/li/a")
    silent = [gap for gap in tree.end_gaps if gap.is_written]
    assert [(a.text_content(), a.get("href")) for a in links] == [
        (g.title, f"lucka/{g.id}.html") for g in silent
    ]
    booklet = printed["checklista/haftet.pdf"]
    told, on_steps = {gap["title"]: gap for part in booklet["gaps"] for gap in part["gaps"]}, 0
    assert {title for title, gap in told.items() if "holds" in gap} == {str(gap.title) for gap in silent}
    for gap in silent:
        holds = told[gap.title]["holds"]
        page = pages[f"lucka/{gap.id}"]
        duties = [said(s) for s in page.xpath(".//*[@data-holds]/li//*[@class='r-text']")]
        assert len(duties) == len(holds["duties"])
        assert [text for text in duties if text not in " ".join(d["text"] for d in holds["duties"])] == []
        # All that stand in full on the page: also those on what is done next to the gap.
        leads = {frame["title"]: frame["lead"] for frame in holds["frames"]}
        in_full = {str(f.title) for f in tree.frames for box in page.xpath(FRAMES) if f.title in said(box)}
        assert in_full <= set(leads), gap.id
        copied = " ".join(line for told in record(Site.of(tree, ""), gap)["frames"] for line in told["text"])
        assert [title for title in in_full if f"{title}:" not in copied] == []
        on_steps += sum(bool(f.on.action) and f.title in in_full for f in tree.frames)
        # Up to the next heading: what holds in every case stands first in the booklet.
        frames = page.xpath(
            ".//h2[@id='galler-anda']/following-sibling::*[preceding-sibling::h2[1][@id='galler-anda']]"
        )
        titles = [str(f.title) for f in tree.frames if any(str(f.title) in said(node) for node in frames)]
        assert [title for title in titles if leads[title]] == []
        in_some = [f for f in tree.frames if not f.on.action and not f.see and len(f.on.facts) == 1]
        known = [f for f in in_some for facts in gap.facts or () if next(iter(f.on.facts)) not in facts]
        assert {str(f.title) for f in known} <= {
            f["title"] for f in holds["frames"] if f["lead"] or f["title"] in titles
        }
    assert on_steps or name != "real"
    assert booklet["see_first"] if booklet["in_every_case"] else not booklet["see_first"]
    assert {c["see_first"] for c in booklet["checklists"]} == {booklet["see_first"]}
