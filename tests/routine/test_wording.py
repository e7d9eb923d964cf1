"""Sentences are made from the action's wording, and citations from the outline."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.model import Action, Citation, Force, Party, Situation, Text, Tree, Unit
from generator.model.position import Pos
from generator.routine.steps import placed_steps
from generator.routine.wording import cited, heading_of, names, paragraphs_of, task

# What may stand before the verb.
BESIDE = {"samtidigt", "också", "alltid", "på", "plats"}


def _citation(section: str, *paragraphs: int) -> Citation:
    return Citation(Text(section), paragraphs, Pos())


def test_a_step_becomes_a_sentence(tiny: Tree) -> None:
    first, second = placed_steps(tiny, tiny.situations[0])
    assert first.sentence == "Köket ska fylla på vatten tillsammans med vakten för att få ordning."
    assert second.sentence == "Det är bra att trösta gästen."


def test_several_actors_use_the_joint_wording(tree: Tree) -> None:
    situation = tree.get("barnfamilj-barn-unga-skuld", Situation)
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


def test_what_is_left_to_do_has_the_force_the_infinitive_and_who_acts(tree: Tree) -> None:
    """The force in its own words, then the verb in the infinitive; everybody named, nobody addressed."""
    for placed in (p for situation in tree.situations for p in placed_steps(tree, situation)):
        step, told = placed.step, task(tree, placed.step)
        force = tree.get(step.force, Force)
        assert told.startswith(f"{force.modal or force.opening} "), placed.id
        verb = next(
            word
            for word in told.removeprefix(f"{force.modal or force.opening} ").split()
            if word not in BESIDE
        )
        assert not verb.endswith(("r", "s")), told
        acts = [tree.get(id, Unit, Party).name for id in step.who if id != "ni"]
        assert all(told.rindex(name) > told.rindex("(") for name in acts), placed.id
        assert ("steget säger inte vem" in told) is (not step.who), placed.id
        assert all(names(tree, [id]) in told for id in (*step.with_, *step.to)), placed.id
        assert not re.search(r"[{}]|\bni\b|\.$", told), told


def test_what_is_left_to_do_is_the_sentence_where_no_wording_has_the_infinitive(tiny: Tree) -> None:
    step = placed_steps(tiny, tiny.situations[0])[0].step
    action = replace(tiny.get(step.action, Action), text=Text("Det här gör {who}: {modal}."), joint=None)
    changed = replace(tiny, actions=(action, *(a for a in tiny.actions if a.id != action.id)))
    assert task(changed, step) == "Det här gör köket: ska."


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
