"""Wherever a frame stands, on paper and on a situation's page, so does what is unclear in what it says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import pytest

from generator.locale import t
from generator.model import DOCUMENT, Frame, Gap, Situation, Tree
from generator.pages.site import Site
from generator.printing.documents import printed_documents
from generator.routine.steps import frames_of, placed_steps
from tests.papers import plain, text_of, typeset
from tests.views import TREES, made, said


def places(cites: Any) -> set[tuple[str, int]]:
    return {(str(c.section), n) for c in cites for n in c.paragraphs}


def resting(tree: Tree, frame: Frame) -> list[Gap]:
    own = places([c for s in frame.statements for c in s.cite])
    return [gap for gap in tree.gaps if gap.weight != DOCUMENT and own & places(gap.cite)]


def unclear_at(tree: Tree, frame: Frame, situation: Situation) -> list[str]:
    """Return the gaps on a frame's paragraphs, but for those about its steps, or the questions, elsewhere."""
    questions = {question.id for question in tree.questions}

    def is_elsewhere(gap: Gap) -> bool:
        concerned = [place.partition("/") for place in gap.concerns]
        if situation.id in {id for id, _, _ in concerned}:
            return False
        steps = {p.id: p.step.action for s in tree.situations for p in placed_steps(tree, s)}
        asked = bool(frame.see) and not questions.isdisjoint((*gap.concerns, *gap.also_at))
        return asked or any(steps.get("".join(parts)) in frame.on.action for parts in concerned)

    return [str(gap.title) for gap in resting(tree, frame) if not is_elsewhere(gap)]


def shown(checklist: Any) -> Iterator[tuple[Any, list[str]]]:
    """Yield each frame that is printed, with the gaps that its step bears."""
    yield from ((frame, []) for frame in (*checklist["see"], *checklist["frames"]))
    for step in (step for phase in checklist["phases"] for step in phase["steps"]):
        yield from ((frame, step["gaps"]) for frame in step["frames"])


@pytest.mark.parametrize("name", TREES)
def test_a_printed_frame_bears_the_gaps_on_its_paragraphs(name: str) -> None:
    tree, _, printed = made(name)
    seen, booklet = 0, printed["checklista/haftet.pdf"]
    for checklist in [data["checklist"] for data in printed.values() if "checklist" in data]:
        situation = tree.get(checklist["id"], Situation)
        steps = placed_steps(tree, situation)
        frames = {
            f.title: f for each in (frames_of(tree, situation), *(p.frames for p in steps)) for f in each
        }
        for frame, told in shown(checklist):
            expected = unclear_at(tree, frames[frame["title"]], situation)
            marked = frame.get("gaps", [])
            assert [title for title in expected if title not in (*marked, *told)] == [], frame["title"]
            in_full = [gap["title"] for gap in checklist["gaps"]]
            assert frame in checklist["see"] or set(marked) <= set(in_full)
            seen += len(marked)
    legend = [m["frame"] for part in booklet["matrix"]["legend"] for m in part["marks"] if "frame" in m]
    for frame in legend:
        each = [resting(tree, f) for f in tree.frames if f.title == frame["title"]]
        assert [str(gap.title) for gap in each[0]] == frame.get("gaps", [])
    assert seen or name != "real"


@pytest.mark.parametrize("name", TREES)
def test_a_situation_s_page_links_the_gaps_at_its_frames(name: str) -> None:
    tree, pages, _ = made(name)
    seen = 0
    for situation in tree.situations:
        page = pages[f"situation/{situation.id}"]
        for frame in frames_of(tree, situation):
            (folded,) = [
                d
                for d in page.xpath(".//section[@aria-labelledby='galler-ocksa']//details")
                if frame.title in d.xpath("string(summary)")
            ]
            links = [a.text_content() for a in folded.xpath(".//a[contains(@href, 'luckor.html')]")]
            expected = unclear_at(tree, frame, situation)
            assert [title for title in expected if title not in links] == [], (situation.id, frame.id)
            seen += len(expected)
        for placed in placed_steps(tree, situation):
            (row,) = page.xpath(f".//li[@data-step='{placed.id}']")
            told = row.text_content()
            for frame in (f for f in placed.frames if f.statements[0].text in told):
                own = [str(gap.title) for gap in tree.gaps if placed.id in gap.concerns]
                more = [title for title in unclear_at(tree, frame, situation) if title not in own]
                assert [title for title in more if title not in told] == [], (placed.id, frame.id)
    assert seen or name != "real"


def test_the_numbers_and_names_of_the_gaps_at_frames_are_printed(tree: Tree) -> None:
    names = ("checklista/barnfamilj-ekonomi-skuld.pdf", "checklista/haftet.pdf")
    documents = [d for d in printed_documents(Site.of(tree, "")) if d.path in names]
    text, booklet = ("".join(text_of(typeset(documents)[name])) for name in names)
    _, _, printed = made("real")
    checklist = printed[names[0]]["checklist"]
    titles = [gap["title"] for gap in checklist["gaps"]]
    (worry,) = [f for f in checklist["frames"] if "oro" in f["title"]]
    numbers = ", ".join(str(titles.index(title) + 1) for title in worry["gaps"])
    assert plain(f"{worry['cite']} · {t('paper.unclear_see')} {numbers}") in text
    # What holds in every case stands before the list of gaps there.
    gaps = printed[names[1]]["in_every_case"]["gaps"]
    assert gaps
    assert plain(t("paper.unclear_of", titles="; ".join(gaps))) in booklet


@pytest.mark.parametrize("name", TREES)
def test_a_line_sums_a_frame_up_by_its_forces_only_where_each_statement_has_one(name: str) -> None:
    tree, pages, printed = made(name)
    known = {str(f.title): f for f in tree.frames}  # those with the same title say the same
    summed, seen = dict[str, list[str]](), set[tuple[str, bool]]()
    for title, frame in known.items():
        used = [s.force for s in frame.statements]
        summed[title] = [str(f.label) for f in tree.forces if f.id in used and None not in used]
    for path, page in pages.items():
        for summary in page.xpath(".//details[contains(@class, 'r-frame')]/summary"):
            told = [said(span) for span in summary.xpath("./span[contains(@class, 'r-force')]")]
            assert told == summed[str(summary.text).strip()], (path, summary.text)
            seen.add(("summary", bool(told)))
        for link in page.xpath(".//p[@data-also]/a | .//p[@data-around]/a[@data-frame]"):
            spans = takewhile(lambda element: element.tag == "span", link.itersiblings())
            told = [said(span) for span in spans if "r-force" in span.get("class", "")]
            assert told == summed[said(link)], (path, said(link))
            seen.add(("link", bool(told)))
    for line in (line for case in printed["ova/fallhafte.pdf"]["cases"] for line in case["also"]):
        (title,) = (title for title in known if line.startswith(title))
        forces = ", ".join(summed[title]).lower()
        assert line == (f"{title} ({forces})" if forces else title)
        seen.add(("paper", bool(forces)))
    assert len(seen) == 6 or name != "real"
