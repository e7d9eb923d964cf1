"""The changed duties as a meeting decides on them: each once, with what differs, for whom and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.diff.compare import Change, Difference, OutcomeChange
from generator.diff.decisions import Decision, decisions
from generator.diff.limits import LimitChange, Moved, limit_changes, moved
from generator.locale import capitalized, label_on, listed, quoted, t
from generator.model import Action, Deadline, Gap, Phase, Situation, Step, Tree, Unit
from generator.model.declared import declared
from generator.pages.items import Data, plain
from generator.reading.limits import at_least, either, number
from generator.routine.holding import told, told_of_names
from generator.routine.lines import called
from generator.routine.steps import PlacedStep, concerns
from generator.routine.wording import cited, deadline, names


def decided(
    difference: Difference,
    place: Callable[[Situation], Data],
    following: Callable[[LimitChange], list[Data]] = lambda _: [],
) -> list[Data]:
    """Return an item for each duty or limit that changes, and for answers that lead elsewhere, numbered.

    ``place`` gives a situation's title and page, ``following`` the texts that only follow a limit.
    """
    items = [_item(difference, one, place) for one in decisions(difference)]
    for limit in limit_changes(difference):
        items.append({**_limit(difference, limit, place), "follows": following(limit)})
    items += [_outcome(difference, outcome) for outcome in difference.outcomes]
    return [{**item, "count": f"{number}."} for number, item in enumerate(items, start=1)]


def _item(difference: Difference, one: Decision, place: Callable[[Situation], Data]) -> Data:
    change = one.change
    sides = [(difference.before, change.before), (difference.after, change.after)]
    cites = [f"{capitalized(cited(tree, p.step.cite))}." for tree, p in sides if p]
    return {
        **plain(_label(difference, change), _told(change.before), _told(change.after)),
        "about": _about(difference, one),
        "cite": " ".join(dict.fromkeys(cites)),
        "units": [str(unit.id) for unit in one.units],
        "where": [place(situation) for situation in one.situations],
    }


def _told(placed: PlacedStep | None) -> str:
    """Return a step with all that makes it that step."""
    if placed is None:
        return ""
    more = (placed.step.note, *(f"{line}." for line in placed.lines))
    return " ".join(text for text in (placed.told, *more) if text)


def _label(difference: Difference, change: Change) -> str:
    """Return what differs in one line: "med vem: enheten för barn och unga tillkommer"."""
    if change.before is None or change.after is None:
        side, tree = change.after or change.before, difference.after if change.after else difference.before
        phase = str(tree.get(side.step.phase, Phase).label) if side else ""
        return t("changes.step-new" if change.after else "changes.step-gone", phase=phase)
    return capitalized(_differing(difference, change))


def _differing(difference: Difference, change: Change) -> str:
    names = [
        name
        for name in change.aspects
        if name != "action" or not change.aspects[1:] or _acts(difference, change)
    ]
    return "; ".join(part for name in names for part in _differs(difference, change, name))


def _acts(difference: Difference, change: Change) -> bool:
    """Tell whether the action goes by another name."""
    was = change.before and difference.before.get(change.before.step.action, Action).label
    return was != _action(difference, change)


def _differs(difference: Difference, change: Change, name: str) -> Iterator[str]:
    if change.before is None or change.after is None:
        return
    label = label_on(Step.__name__, name.rstrip("_"))
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
    if before == after:
        yield t("changes.other", aspect=label)  # another of the same name
    else:
        yield t("changes.from-to", aspect=label, before=before, after=after)


def _called(tree: Tree, step: Step, name: str) -> str:
    """Return what a reader knows by the value, or the id, of this field of a step."""
    (kinds,) = (f.metadata.get("ref") for f in declared(type(step)) if f.name == name)
    value = getattr(step, name)
    if value is None:
        return t("changes.none")
    if isinstance(value, Deadline):
        return quoted(deadline(value))
    if name == "only":
        return listed(told_of_names(tree, step)) if step.only else t("changes.none")
    if isinstance(value, Mapping):
        return told(tree, value)
    return quoted(called(tree.get(value, *kinds)) if kinds else value)


def _limit(difference: Difference, one: LimitChange, place: Callable[[Situation], Data]) -> Data:
    units = listed([str(unit.name) for unit in one.units]) if one.units else ""
    return {
        **plain(
            t("changes.limit", what=one.after.more), at_least(one.before.count), at_least(one.after.count)
        ),
        "more": [_moved(difference, one, each) for each in moved(difference, one)],
        "about": t("changes.about", units=units) if units else "",
        "units": [str(unit.id) for unit in one.units],
        "where": [place(situation) for situation in one.situations],
    }


def _moved(difference: Difference, one: LimitChange, cases: Moved) -> str:
    """Return what the cases between two numbers came to and come to, and which duties change with that."""
    numbers = either([number(count) for count in cases.numbers])
    ends = {
        "before": quoted(_titles(difference.before, cases.before)),
        "after": quoted(_titles(difference.after, cases.after)),
    }
    told = [t("changes.moved", numbers=numbers, what=one.after.more, **ends)]
    if cases.unless:
        told.append(t("changes.moved-unless", what=listed([str(limit.more) for limit in cases.unless])))
    came = [_named(difference.after, c.after) for c in cases.changes if c.after and not c.before]
    went = [_named(difference.before, c.before) for c in cases.changes if c.before and not c.after]
    both = [c for c in cases.changes if c.before and c.after]
    other = [f"{_action(difference, c)} ({_differing(difference, c)})" for c in both]
    parts = (("changes.moved-gone", went), ("changes.moved-new", came), ("changes.moved-other", other))
    told += [t(key, steps="; ".join(steps)) for key, steps in parts if steps]
    return " ".join(told)


def _named(tree: Tree, placed: PlacedStep) -> str:
    """Return a step in short: its action, and who takes part."""
    step = placed.step
    sides = [(name, ids) for name, ids in (("who", step.who), ("with", step.with_), ("to", step.to)) if ids]
    parties = "; ".join(f"{label_on(Step.__name__, name)}: {names(tree, ids)}" for name, ids in sides)
    label = str(tree.get(step.action, Action).label)
    return f"{label} ({parties})" if parties else label


def _action(difference: Difference, change: Change) -> str:
    return str(difference.after.get(change.after.step.action, Action).label) if change.after else ""


def _outcome(difference: Difference, outcome: OutcomeChange) -> Data:
    tree = difference.after
    labels = {str(f.id): f.label for f in tree.facts}
    values = {(str(f.id), str(v.id)): v.label for f in tree.facts for v in f.values}
    facts = "; ".join(f"{labels[fact]}: {values[fact, value]}" for fact, value in outcome.example.items())
    units = listed([str(unit.name) for unit in outcome.units]) if outcome.units else ""
    return {
        **plain(
            t("changes.elsewhere"), _titles(difference.before, outcome.before), _titles(tree, outcome.after)
        ),
        "about": t("changes.about", units=units) if units else "",
        "units": [str(unit.id) for unit in outcome.units],
        "where": [{"title": t("changes.for-example", facts=facts), "href": ""}],
    }


def _titles(tree: Tree, ends: Sequence[str]) -> str:
    return t("changes.then").join(str(tree.get(end, Situation, Gap).title) for end in ends)


def _about(difference: Difference, one: Decision) -> str:
    """Return the units, and which of them the duty is new to, or no longer about."""
    return t(
        "changes.about", units=listed([_as(difference, one, unit) for unit in one.units]) if one.units else ""
    )


def _as(difference: Difference, one: Decision, unit: Unit) -> str:
    before, after = one.change.before, one.change.after
    had = before and unit.id in {u.id for u in concerns(difference.before, before.step)}
    has = after and unit.id in {u.id for u in concerns(difference.after, after.step)}
    if had and has:
        return str(unit.name)
    return t("changes.new-to" if has else "changes.gone-from", unit=unit.name)
