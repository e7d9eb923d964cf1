"""What differs in a duty, in words: "Kalla till besök – med vem: enheten för barn och unga tillkommer"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.diff.compare import Change, Difference
from generator.locale import label_on, listed, quoted, strings, t
from generator.model import Action, Deadline, Gap, Phase, Situation, Step, Text, Tree
from generator.model.declared import declared
from generator.routine.holding import as_clause, clauses_of_names
from generator.routine.lines import called
from generator.routine.steps import PlacedStep
from generator.routine.wording import deadline, names, sentence


def of_others(tree: Tree) -> Tree:
    """Return the tree as it is told to those who are not spoken to in it: "ni" are the units."""
    you, units = t("changes.you"), Text(t("changes.you-are"))
    parties = tuple(replace(one, name=units) if one.name == you else one for one in tree.parties)
    return tree if parties == tree.parties else replace(tree, parties=parties)


def retold(tree: Tree, placed: PlacedStep | None) -> str:
    """Return a step with all that makes it that step, by the names that this tree has."""
    if placed is None:
        return ""
    more = (placed.step.note, *(f"{line}." for line in placed.lines))
    said = replace(placed, sentence=sentence(tree, placed.step)).with_condition
    return " ".join(text for text in (said, *more) if text)


def headline(difference: Difference, change: Change) -> str:
    """Return the action and what differs in one line."""
    if change.before and change.after:
        return f"{action_of(difference, change)} – {differing(difference, change, change.aspects)}"
    side, tree = change.after or change.before, difference.after if change.after else difference.before
    phase = str(tree.get(side.step.phase, Phase).label) if side else ""
    key = "changes.step-new" if change.after else "changes.step-gone"
    return t(key, action=action_of(difference, change), phase=phase)


def action_of(difference: Difference, change: Change) -> str:
    """Return what a changed step does, by its name in the version that has it."""
    sides = ((difference.after, change.after), (difference.before, change.before))
    return next(str(tree.get(side.step.action, Action).label) for tree, side in sides if side)


def differing(difference: Difference, change: Change, aspects: tuple[str, ...]) -> str:
    """Return what differs in these parts of a duty, with what was and what is."""
    named = [name for name in aspects if name != "action" or not aspects[1:] or _acts(difference, change)]
    return "; ".join(part for name in named for part in _differs(difference, change, name))


def _acts(difference: Difference, change: Change) -> bool:
    """Tell whether the action goes by another name."""
    was = change.before and difference.before.get(change.before.step.action, Action).label
    return was != action_of(difference, change)


def _differs(difference: Difference, change: Change, name: str) -> Iterator[str]:
    if change.before is None or change.after is None:
        return
    label = label_of(name)
    old, new = getattr(change.before.step, name), getattr(change.after.step, name)
    if isinstance(new, tuple):
        for key, tree, ids in (
            ("changes.joins", difference.after, [id for id in new if id not in old]),
            ("changes.leaves", difference.before, [id for id in old if id not in new]),
        ):
            if ids:
                yield t(key, aspect=label, names=names(tree, ids))
        return
    before = _called(difference.before, change.before.step, name)
    after = _called(difference.after, change.after.step, name)
    if before and after and before != after:
        yield t("changes.from-to", aspect=label, before=before, after=after)
    elif before == after:
        yield t("changes.other", aspect=label)  # another of the same name
    else:
        words = strings()["changes"]["comes" if after else "goes"]
        yield words.get(name, words["other"]).format(aspect=label, value=after or before)


def label_of(name: str) -> str:
    """Return what a reader calls a field of a step."""
    return label_on(Step.__name__, name.rstrip("_"))


def _called(tree: Tree, step: Step, name: str) -> str:
    """Return what a reader knows by the value, or the id, of this field of a step; "" if it has none."""
    (kinds,) = (f.metadata.get("ref") for f in declared(type(step)) if f.name == name)
    value = getattr(step, name)
    if not value and not isinstance(value, (bool, int)):
        return ""
    if isinstance(value, Deadline):
        return quoted(deadline(value))
    if name == "only":
        return listed(clauses_of_names(tree, step))
    if isinstance(value, Mapping):
        return as_clause(tree, value)
    return quoted(called(tree.get(value, *kinds)) if kinds else value)


def ends_titled(tree: Tree, ends: Sequence[str]) -> str:
    """Return the titles of the ends that a case comes to, one after the other."""
    return t("changes.then").join(str(tree.get(end, Situation, Gap).title) for end in ends)
