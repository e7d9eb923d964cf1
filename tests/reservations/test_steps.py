"""A step has what qualifies it wherever it stands: in full, in brief, in a swimlane and in the data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from generator.locale import t
from generator.model import Fact, Force, Frame, Situation, Tree
from generator.pages.site import Site
from generator.routine.cases import Walk
from generator.routine.reservations import reservations, reservations_on
from generator.routine.steps import PlacedStep
from generator.routine.steps_on import on_way
from generator.routine.wording import names
from tests.views import TREES, WHOLE, bound, in_full, made, said, steps, untold


def sentence_of(tree: Tree, placed: PlacedStep) -> str:
    opening = f"{placed.condition.text}: " if placed.condition else ""
    return f"{opening}{tree.get(placed.step.force, Force).label} {placed.sentence}"


def beside(tree: Tree, placed: PlacedStep) -> list[str]:
    """Return what stands in a step in full beside its sentence, its frames and its gaps."""
    when, qualifies = placed.condition, reservations(tree, placed)
    confirmed = []
    if when and when.confirm:
        confirmed = [f"{t('site.confirm')} {names(tree, when.confirm_with)}: {when.confirm}"]
    note = [str(qualifies.note)] if qualifies.note else []
    cite = Site(tree, "").cited_shortly(placed.step.cite)
    return [*confirmed, *note, *map(str, placed.lines), cite]


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


def told_where_more_is_known(tree: Tree, placed: PlacedStep) -> Iterator[str]:
    """Yield a step of some cases as it is told where some or all of its facts, and its names', are known."""
    each = (placed.step.facts or {}, *placed.step.only.values())
    asked = [tree.get(fact, Fact) for fact in sorted({fact for facts in each for fact in facts})]
    for chosen in product(*([None, *(str(value.id) for value in fact.values)] for fact in asked)):
        known = {str(fact.id): value for fact, value in zip(asked, chosen, strict=True) if value}
        if held := on_way(tree, placed, Walk((), placed.situation.id, known)):
            yield held.with_condition


@pytest.mark.parametrize("name", WHOLE)
def test_a_difference_marks_what_qualifies_its_steps(name: str) -> None:
    tree, pages, _ = made(name)
    by_text: dict[str, set[str]] = {}
    for placed, qualifies in steps(tree):
        kinds = dict.fromkeys(t(f"matrix.{kind}") for kind, _ in qualifies.each() if kind != "condition")
        nobody = () if placed.step.who else (f"({t('brief.unnamed')})",)
        for told in {placed.with_condition, *told_where_more_is_known(tree, placed)}:
            by_text.setdefault(told, set()).add(" ".join((told, *nobody, *kinds)))
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
            if step.get("facts") or step.get("only"):
                assert step["sentence"].startswith(f"{qualifies.condition.text}: ")
            else:
                assert conditions[step["when"]] == qualifies.condition.text
        waits_for = placed.waits_for and placed.waits_for.text
        assert (conditions[step["when"]] if step["when"] else None) == waits_for
        assert step.get("note") == qualifies.note
        assert all(placed.id in gaps[gap.id] for gap in qualifies.gaps)
        assert all(placed.step.action in frames[frame.id]["action"] for frame in qualifies.frames)


@pytest.mark.parametrize("name", TREES)
def test_that_nobody_is_named_is_said_wherever_a_step_s_sentence_stands(name: str) -> None:
    """In full, in brief, where cases share it, and where another answer would change it."""
    tree, pages, _ = made(name)
    nobodys = {placed.id: placed for placed, _ in steps(tree) if not placed.step.who}
    told = {placed.with_condition for placed in nobodys.values()}
    others = {placed.with_condition for placed, _ in steps(tree) if placed.step.who}
    unnamed, seen = t("brief.unnamed"), set()
    for path, page in pages.items():
        for li in page.xpath(".//li[@data-brief or @data-step or @data-steps]"):
            ids = " ".join(filter(None, map(li.get, ("data-brief", "data-step", "data-steps")))).split()
            if not nobodys.keys().isdisjoint(ids):
                assert unnamed in said(li).casefold(), (path, ids)
                seen.add(path.split("/", maxsplit=1)[0])
        for li in page.xpath(".//details[@class='r-differs']//li"):
            if str(li.text).strip() in told - others:
                assert unnamed in said(li), (path, li.text)
                seen.add("why")
    assert seen >= {"situation", "avsnitt", "atgard", "enhet", "lucka", "why"} or name != "real"
