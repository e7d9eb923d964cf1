"""What is the tool's reading, and what the routine says elsewhere of the same, is told on every view."""

from __future__ import annotations

from itertools import pairwise

import pytest

from generator.exercises import everything_in
from generator.locale import listed, t
from generator.model import Ask, Condition, Option, Question, Section, Situation, Text, Tree
from generator.routine.cases import covers, ways
from generator.routine.order import is_own_order
from generator.routine.shared_duties import in_every_case
from generator.routine.steps import PlacedStep, events_of, placed_steps, same_duty
from tests.every_case import all_cases
from tests.routine.test_order import actions, lists
from tests.views import TREES, WHOLE, made, named_beside, said, steps, with_steps
from tests.why import reasons

ORDERED = ("enhet/", "ny-har/", "lucka/")


def test_a_step_of_all_together_says_whom_the_step_beside_it_names(tree: Tree) -> None:
    pages, known = made("real")[1], {p.id: p for p, _ in steps(tree)}
    beside = 0
    for path, page in pages.items():
        for li in page.xpath(".//li[@data-brief]"):
            named = [str(unit.name) for unit in named_beside(tree, known[li.get("data-brief")])]
            assert ("Rutinen namnger" in said(li)) == bool(named), path
            assert not named or f"Rutinen namnger {listed(named)} i steg" in said(li), path
            beside += bool(named)
    assert beside


def test_what_the_routine_means_by_se_ovan_stands_with_the_steps_of_the_paragraph(tree: Tree) -> None:
    referring = [(s, tree.get(s.as_in, Situation)) for s in tree.situations if s.as_in]
    for situation, other in referring:
        there = tree.get(other.source, Section)
        notes = " ".join(str(step.note) for step in situation.steps if step.cite.section == situation.source)
        assert "”Se ovan”" in notes
        assert there.heading in notes
        assert "Verktygets läsning" in notes
    assert referring


def test_a_message_from_kronofogden_is_to_be_in_writing(tree: Tree) -> None:
    firsts = [p for p, _ in steps(tree) if p.step.action == "bekrafta-till-kronofogden"]
    assert firsts
    assert all("skriftligen" in (first.step.note or "") for first in firsts)


def test_what_only_adults_have_a_condition_on_is_a_gap_for_every_family(tree: Tree) -> None:
    visits = [q for p, q in steps(tree) if p.step.action == "aviserat-hembesok" and "familjen" in p.step.to]
    assert visits
    for qualifies in visits:
        assert not (qualifies.condition and qualifies.condition.confirm)
        texts = [str(gap.text) for gap in qualifies.gaps]
        assert [text for text in texts if "betalar skulden" in text and "störningarna upphör" in text]


def test_what_uncertain_means_is_a_gap_wherever_the_visit_is_a_step(tree: Tree) -> None:
    visits = [q for p, q in steps(tree) if p.step.action == "oanmalt-hembesok"]
    assert visits
    for qualifies in visits:
        assert [gap for gap in qualifies.gaps if "är osäkra" in gap.text]


def test_the_class_of_the_document_is_told(tree: Tree) -> None:
    assert "reglerande styrande dokument" in said(made("real")[1]["dokumentet"])
    assert any(citation.section == "framsida" for citation in tree.routine.cite)


@pytest.mark.parametrize("name", WHOLE)
def test_a_frame_stands_at_each_action_that_it_hangs_on(name: str) -> None:
    tree, pages, printed = made(name)
    several = 0
    for frame in (f for f in tree.frames if f.on.action):
        for action in frame.on.action:
            assert str(frame.title) in said(pages[f"atgard/{action}"])
        for situation in with_steps(tree):
            checklist = printed[f"checklista/{situation.id}.pdf"]["checklist"]
            at = [p.number for p, q in steps(tree) if p.situation is situation and frame in q.frames]
            rows = [s for phase in checklist["phases"] for s in phase["steps"]]
            assert [s["number"] for s in rows if frame.title in [f["title"] for f in s["frames"]]] == at
            page = pages[f"situation/{situation.id}"]
            for number in at[1:]:
                (li,) = page.xpath(f".//li[@data-step][@value='{number}']")
                mark = t("brief.frame-see", number=at[0])
                assert mark in said(li.xpath(".//details[contains(@class, 'r-place')]/summary")[0])
                several += 1
    assert several or name == "playground"


def later_first(tree: Tree, ids: list[str]) -> bool:
    """Whether some step stands before another that the document has earlier."""
    known = {p.id: p.step for p, _ in steps(tree)}
    taken = [known[id] for id in ids]
    return any(
        one.cite.section == other.cite.section and min(one.cite.paragraphs) > min(other.cite.paragraphs)
        for at, one in enumerate(taken)
        for other in taken[at:]
    )


@pytest.mark.parametrize("name", WHOLE)
def test_an_order_that_is_the_tool_s_is_said_to_be_over_every_list_of_steps(name: str) -> None:
    tree, pages, _ = made(name)
    marked: dict[str, int] = {}
    for path in (path for path in pages if path.startswith(ORDERED)):
        for shown in pages[path].xpath(".//ol[li/@data-brief]"):
            ids = [li.get("data-brief") for li in shown.xpath("./li")]
            before = shown.getprevious()
            mark = before is not None and before.get("data-reordered") is not None
            assert mark == later_first(tree, ids), (path, ids[:1])
            marked[path.split("/", maxsplit=1)[0]] = marked.get(path.split("/", maxsplit=1)[0], 0) + mark
    assert name == "playground" or (marked["enhet"] and marked["ny-har"])


def test_an_order_that_is_the_tool_s_is_said_to_be_where_an_answer_is_missing() -> None:
    page = made("real")[1]["vet-inte/kronofogden-barnfamilj-orsak"]
    (always,) = page.xpath(".//ul[@data-certain='always']")
    actions = always.xpath("./li/@data-duty")
    assert actions.index("forbereda-barnet") < actions.index("narvara")
    assert always.getprevious().get("data-reordered") is not None
    adults = made("real")[1]["vet-inte/skuld-utan-barn"]
    assert not adults.xpath(".//*[@data-reordered]")


@pytest.mark.parametrize("name", TREES)
def test_an_order_that_is_the_tool_s_is_said_to_be_over_every_list_of_what_cases_share(name: str) -> None:
    tree, pages, _ = made(name)
    own = {
        (path, actions(listed)): is_own_order([one.steps for one in listed]) for path, listed in lists(tree)
    }
    marks = []
    for path in (path for path in pages if path.startswith(("vet-inte/", "lucka/"))):
        for shown in pages[path].xpath(".//ul[li/@data-duty]"):
            before = shown.getprevious()
            marks.append(before is not None and before.get("data-reordered") is not None)
            assert marks[-1] == own[path, tuple(shown.xpath("./li/@data-duty"))], path
    assert set(own.values()) == set(marks)


def owned(tree: Tree) -> list[tuple[Ask, Question, Option]]:
    """Return the answers whose way on is the tool's reading, each where it is given."""
    asked = [(node, tree.get(node.ask, Question)) for node in tree.nodes]
    return [(node, q, option) for node, q in asked for option in q.options if option.id in node.own]


@pytest.mark.parametrize("name", WHOLE)
def test_a_way_on_that_is_the_tool_s_reading_is_said_to_be_wherever_it_is_shown(name: str) -> None:
    tree, pages, printed = made(name)
    reading = "verktygets läsning"
    own = owned(tree)
    ways = [path for path in pages if pages[path].xpath(".//ol[@class='r-way']")]
    assert ways or name != "real"
    for node, question, option in own:
        page = pages["index" if node.id == tree.routine.start else f"fraga/{node.id}"]
        (line,) = page.xpath(".//ul[@class='r-options']/following-sibling::p[not(a)]")
        assert str(option.label) in said(line)
        assert reading in said(line)
        (branch,) = pages[f"vet-inte/{node.id}"].xpath(f".//section[@data-branch='{option.id}']")
        assert branch.xpath("./*[@data-own-way]")
        for path in ways:
            (turn,) = (
                li
                for li in pages[path].xpath(".//ol[@class='r-way']/li/ul/li")
                if said(li.find("strong")) == option.label and question.text in said(li.xpath("../..")[0])
            )
            assert reading in said(turn)
            points = [p for lesson in printed[f"{path}.pdf"]["lessons"] for p in lesson["points"]]
            (point,) = (p for p in points if p.startswith(str(question.text)))
            assert str(option.label) in point
            assert reading in point
    for node in (node for node in tree.nodes if not node.own):
        page = pages["index" if node.id == tree.routine.start else f"fraga/{node.id}"]
        assert not page.xpath(".//ul[@class='r-options']/following-sibling::p[not(a)]")
    assert own


def test_a_case_that_is_compared_says_that_its_way_on_is_the_tool_s_reading(tree: Tree) -> None:
    pages, answered = made("real")[1], 0
    own, each = (
        {(n.id, o.id) for n, _, o in owned(tree)},
        (w for case in all_cases(tree) for w in ways(tree, case)),
    )
    led = {
        (f"{a.node.ask}-{a.option.id}", way.at)
        for way in each
        for a in way.answers
        if (a.node.id, a.option.id) in own
    }
    for path in (path for path in pages if path.startswith("lucka/")):
        for one in pages[path].xpath(".//details[@data-compared][.//*[@data-side]]"):
            there = one.xpath(".//@data-side")
            is_own = any(answer in one.get("id") and end in there for answer, end in led)
            assert bool(one.xpath("./*[@data-own-way]")) == is_own, (path, one.get("id"))
            answered += is_own
    assert answered


@pytest.mark.parametrize("name", WHOLE)
def test_why_says_of_a_way_on_that_it_is_the_tool_s_reading(name: str) -> None:
    tree, pages, _ = made(name)
    own, other = {(node.id, option.id) for node, _, option in owned(tree)}, 0
    for reason in reasons(tree, pages):
        at = reason.answer.node.id
        marked = bool(reason.row.xpath("./p/*[@data-own-way]"))
        assert marked == ((at, reason.answer.option.id) in own)
        for option, _, told in reason.others(tree):
            marked = bool(told.xpath("./*[@data-own-way]"))
            assert marked == ((at, option) in own)
            other += marked
    assert other


@pytest.mark.parametrize("name", WHOLE)
def test_practice_says_of_a_way_on_that_it_is_the_tool_s_reading(name: str) -> None:
    tree, _, _ = made(name)
    ids, right, wrong = {(str(node.id), str(option.id)) for node, _, option in owned(tree)}, 0, 0
    for exercise in (e for example in tree.examples for e in everything_in(tree, example)):
        own = {option for node, option in ids if node == exercise.place}
        if exercise.right.key in own:
            assert t("site.own-way") in exercise.why
            right += 1
        for choice in (c for c in exercise.wrong if exercise.place in tree.ids("nodes") and c.key in own):
            assert t("site.own-way") in choice.why
            wrong += 1
    assert (right and wrong) or name == "playground"


@pytest.mark.parametrize("name", WHOLE)
def test_the_introduction_on_paper_marks_a_question_as_its_page_does(name: str) -> None:
    _, pages, printed = made(name)
    seen = 0
    for path, page in ((path, pages[path]) for path in pages if path.startswith("ny-har/")):
        points = [p for lesson in printed[f"{path}.pdf"]["lessons"] for p in lesson["points"]]
        for stop in page.xpath(".//ol[@class='r-way']/li"):
            asked = said(stop.find("p"))
            titles = [said(a) for a in stop.xpath("./p[contains(a/@href, 'luckor.html#')]/a")]
            (point,) = (p for p in points if p.startswith(asked))
            assert [title for title in titles if title not in point] == []
            seen += len(titles)
    assert seen or name == "playground"


def test_a_condition_of_the_tool_s_never_says_that_a_step_does_not_apply(tree: Tree) -> None:
    """The step waits, also where it was answered that what the routine's condition is about does not hold."""
    waiting = [c for c in tree.conditions if c.own and c.event]
    assert [c.id for c in waiting if c.event and [*dict(c.event.answers)] != ["met", "pending"]] == []
    before: dict[Text, Condition] = {}
    for situation in tree.situations:
        events = events_of(placed_steps(tree, situation))
        before |= {c.id: one for one, c in pairwise(events) if c in waiting}
    assert before.keys() == {c.id for c in waiting}
    assert waiting
    assert [c.id for c in before.values() if c.confirm and not c.goes_on] == []


@pytest.mark.parametrize("name", TREES)
def test_the_data_says_what_of_it_is_the_tool_s_reading(name: str) -> None:
    """As the pages do: where the order of steps is, and which ways rest on an answer that is."""
    tree, pages, printed = made(name)
    data, ids = printed["rutin.json"], {(node.id, option.id) for node, _, option in owned(tree)}
    ordered = 0
    for situation in data["situations"]:
        page = pages[f"situation/{situation['id']}"]
        marked = [
            div.xpath("./h2/@id")[0].removeprefix("fas-")
            for div in page.xpath(".//div[@class='r-phase'][./*[@data-reordered]]")
        ]
        assert situation["own_order"] == marked, situation["id"]
        taken = [step["id"] for step in situation["steps"]]
        assert bool(marked) == later_first(tree, taken), situation["id"]
        ordered += len(marked)
    some = 0
    for case in all_cases(tree):
        answers = [(a.node.id, a.option.id) for way in ways(tree, case) for a in way.answers]
        (told,) = [way for way in data["ways"] if covers(way["facts"], case)]
        assert told["own"] == (not ids.isdisjoint(answers)), case
        some += told["own"]
    assert (some and ordered) or name != "real"


def test_steps_that_the_routine_only_refers_to_are_said_to_be_the_tool_s_reading(tree: Tree) -> None:
    """Wherever they stand without the note on the reference, but for what holds in every case."""
    _, pages, printed = made("real")
    reading, every, seen = t("site.own-steps"), in_every_case(tree), set()

    def is_read(placed: PlacedStep) -> bool:
        here = placed.situation
        return here.as_in is not None and placed.step.key not in {step.key for step in here.steps}

    rows = printed["checklista/haftet.pdf"]["matrix"]["rows"]
    for situation, row in zip(tree.situations, rows, strict=True):
        beside = " ".join(map(said, pages["matris"].xpath(f".//td[@data-also='{situation.id}']")))
        assert (reading in beside) == (reading in " ".join(row["also"])) == bool(situation.as_in)
    for placed, _ in steps(tree):
        link = f"../situation/{placed.situation.id}.html#{placed.step.key}"
        (li,) = pages[f"atgard/{placed.step.action}"].xpath(
            f".//ul[@class='r-where']/li[a[1]/@href='{link}']"
        )
        assert (reading in said(li)) == is_read(placed), placed.id
    expected: dict[tuple[str, tuple[str, ...]], list[set[str]]] = {}
    for path, duties in lists(tree):
        taken = [p for one in duties for p in one.steps if same_duty(p.step) not in every]
        referred = {str(p.situation.title) for p in taken if is_read(p)}
        expected.setdefault((path, actions(duties)), []).append(referred)
    for path in (path for path in pages if path.startswith(("vet-inte/", "lucka/"))):
        for shown in pages[path].xpath(".//ul[li/@data-duty]"):
            lines = [
                e for e in list(shown.itersiblings(preceding=True))[:2] if e.get("data-read") is not None
            ]
            titles = {said(a) for line in lines for a in line.xpath("./a")}
            assert titles in expected[path, tuple(shown.xpath("./li/@data-duty"))], path
            seen |= {path.partition("/")[0]} if titles else set()
    assert seen == {"vet-inte", "lucka"}
