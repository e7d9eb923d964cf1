"""A step's sentence as markup: the units with their shapes, and the word that says how strongly it binds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from generator.locale import capitalized, strings
from generator.model import Force, Party, Step, Tree, Unit
from generator.pages.glossary_links import marked
from generator.routine.wording import deadline, names, sentence_with

# Stands for a name or a force until the sentence is whole: role, and id or word, between private letters.
_PART = "\ue100{}\ue101{}\ue102"
_PARTS = re.compile(_PART.format("(.*?)", "(.*?)"))


def sentence_of(tree: Tree, step: Step) -> Markup:
    """Return the same sentence as ``wording.sentence`` gives, with its names and its force marked."""
    filled = sentence_with(
        tree,
        step,
        lambda role, ids: names(tree, ids, lambda id: _PART.format(role, id)) if ids else "",
        lambda word: _PART.format("force", word) if word else "",
    )
    return _in_time(step) + Markup("").join(_made(tree, step, filled))


def _in_time(step: Step) -> Markup:
    if not step.within:
        return Markup("")
    return Markup("<b>{}:</b> ").format(marked(capitalized(deadline(step.within))))


def _made(tree: Tree, step: Step, filled: str) -> Iterator[Markup]:
    pieces = [*_PARTS.split(filled), "", ""]  # text, role, what it is of, and so on
    first = True
    for text, role, said in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        if text:
            yield marked(capitalized(text) if first else text)
            first = False
        if role:
            yield _force(tree, step, said, first) if role == "force" else _name(tree, role, said, first)
            first = False


def _force(tree: Tree, step: Step, word: str, first: bool) -> Markup:
    force = tree.get(step.force, Force)
    return Markup('<b class="r-force r-force--{}">{}</b>').format(
        force.id, capitalized(word) if first else word
    )


def _name(tree: Tree, role: str, id: str, first: bool) -> Markup:
    node = tree.get(id, Unit, Party)
    said = marked(capitalized(str(node.name)) if first else str(node.name))
    if isinstance(node, Unit):
        # The shape is drawn by style, so that the sentence stays what it is when it is read or copied.
        return Markup('<b class="r-named r-as-{}" data-shape="{}" data-form="{}">{}</b>').format(
            role, sign_of(node), node.form, said
        )
    return Markup('<span class="r-named r-as-{}">{}</span>').format(role, said)


def sign_of(unit: Unit) -> str:
    """Return what stands before a unit's name: its shape, or its initials."""
    return str(strings()["shapes"][unit.shape]) if unit.shape else unit.initials
