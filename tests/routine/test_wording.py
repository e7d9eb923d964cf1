"""Sentences are made from the action's wording, and citations from the outline."""

from __future__ import annotations

from generator.model import Citation, Text, Tree
from generator.model.position import Pos
from generator.routine.steps import placed_steps
from generator.routine.wording import cited, heading_of, paragraphs_of


def _citation(section: str, *paragraphs: int) -> Citation:
    return Citation(Text(section), paragraphs, Pos())


def test_a_step_becomes_a_sentence(tiny: Tree) -> None:
    first, second = placed_steps(tiny, tiny.situations[0])
    assert first.sentence == "Köket ska fylla på vatten tillsammans med vakten för att få ordning."
    assert second.sentence == "Det är bra att trösta gästen."


def test_several_actors_use_the_joint_wording(tree: Tree) -> None:
    situation = tree.get("barnfamilj-barn-unga-skuld", "situations")
    visit = next(p for p in placed_steps(tree, situation) if p.step.action == "oanmalt-hembesok")
    assert visit.sentence == (
        "Vuxenenheten och enheten för barn och unga ska göra ett oanmält hembesök hos familjen."
    )


def test_every_sentence_is_whole(tree: Tree) -> None:
    for situation in tree.situations:
        for placed in placed_steps(tree, situation):
            text = placed.sentence
            assert text[0].isupper()
            assert text.endswith(".")
            assert not {"{", "}", "  ", " .", " ,"} & {
                text[i : i + n] for n in (1, 2) for i in range(len(text))
            }


def test_paragraphs_read_as_ranges_and_lists() -> None:
    assert paragraphs_of(_citation("3", 2)) == "2"
    assert paragraphs_of(_citation("3", 2, 3, 4)) == "2–4"
    assert paragraphs_of(_citation("3", 3, 4, 6)) == "3–4 och 6"


def test_a_citation_names_section_heading_paragraph_and_page(tree: Tree) -> None:
    citation = _citation("1-barn-unga-skuld", 5)
    assert cited(tree, citation).startswith("avsnitt 1, Underrättelse gällande barnfamiljer")
    assert heading_of(tree, citation).endswith(" – Vid hyresskuld/obetalda hyror (enstaka och upprepade)")
    assert cited(tree, citation).endswith("stycke 5, s. 9")
    assert cited(tree, _citation("syfte", 1)) == "Syftet med denna rutin, stycke 1, s. 3"
