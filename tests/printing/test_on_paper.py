"""What qualifies a step stands on every checklist that has the step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from generator.locale import t
from generator.model import Force, Situation, Tree, Unit
from generator.pages.site import Site
from generator.printing.checklists import printed_documents
from generator.routine.frames import frames_in
from generator.routine.steps import PlacedStep, concerns, open_gaps, placed_steps, units_of
from tests.papers import plain, text_of, typeset
from tests.tiers import few

Papers = Mapping[str, str]


@pytest.fixture(scope="module")
def chosen(tree: Tree) -> list[Situation]:
    return few(tree.situations, 6)


@pytest.fixture(scope="module")
def papers(tree: Tree, chosen: list[Situation]) -> Papers:
    """Return name → all that stands on a checklist, whole or of one unit."""
    names = {name_of(situation, unit) for situation in chosen for unit in (None, *units_of(tree, situation))}
    documents = [d for d in printed_documents(Site.of(tree, "")) if d.path.split("/")[1][:-4] in names]
    return {
        path.split("/")[1][:-4]: "".join(text_of(content)) for path, content in typeset(documents).items()
    }


def name_of(situation: Situation, unit: Unit | None) -> str:
    return f"{situation.id}--{unit.id}" if unit else str(situation.id)


def qualifying(site: Site, placed: PlacedStep) -> Iterator[tuple[str, str]]:
    """Yield what has to be printed of a step, each with its kind."""
    tree, step, when = site.tree, placed.step, placed.condition
    opening = f"{when.text}: " if when else ""
    yield "said", f"{opening}{placed.sentence} {tree.get(step.force, Force).label}"
    if when and when.confirm:
        yield "confirm", str(when.confirm)
    if step.note:
        yield "note", str(step.note)
    yield from (("line", str(line)) for line in placed.lines)
    yield "cite", site.cited_shortly(step.cite)
    for unit in tree.units:
        if unit.id in (*step.who, *step.with_, *step.to):
            yield "unit", str(unit.label)
    told = open_gaps(tree, placed.situation.id, *(p.id for p in placed_steps(tree, placed.situation)))
    mine = open_gaps(tree, placed.id)
    yield from (("gap", f"{n}. {t('paper.unclear')} {gap.title}") for n, gap in enumerate(told, 1))
    if mine:
        numbers = ", ".join(str(told.index(gap) + 1) for gap in mine)
        yield "gap", f"{site.cited_shortly(step.cite)} · {t('paper.unclear_see')} {numbers}"


def test_every_step_of_a_checklist_has_all_that_qualifies_it(
    tree: Tree, chosen: list[Situation], papers: Papers
) -> None:
    site, seen = Site.of(tree, ""), Counter[str]()
    for situation in chosen:
        for unit in (None, *units_of(tree, situation)):
            text = papers[name_of(situation, unit)]
            for placed in placed_steps(tree, situation):
                if unit is None or unit in concerns(tree, placed.step):
                    for kind, part in qualifying(site, placed):
                        assert plain(part) in text, (name_of(situation, unit), kind, part)
                        seen[kind] += 1
    assert set(seen) >= {"said", "confirm", "note", "cite", "unit", "gap"}


def test_a_legal_frame_stands_on_every_checklist_of_its_situation(
    tree: Tree, chosen: list[Situation], papers: Papers
) -> None:
    left_out = 0
    for situation in chosen:
        for unit in (None, *units_of(tree, situation)):
            for action in (None, *dict.fromkeys(p.step.action for p in placed_steps(tree, situation))):
                for frame in frames_in(tree, situation.facts, action):
                    text = papers[name_of(situation, unit)]
                    assert [s.text for s in frame.statements if plain(s.text) not in text] == []
                    steps = [p.step for p in placed_steps(tree, situation) if p.step.action == action]
                    left_out += bool(unit and steps and unit not in concerns(tree, steps[0]))
    assert left_out
