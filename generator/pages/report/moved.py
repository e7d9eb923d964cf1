"""A limit with another number, as a meeting decides on it: which numbers move, and what that means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from generator.diff.compare import Change, Difference, all_units
from generator.diff.limits import LimitChange, Moved, follows, moved, unmoved
from generator.locale import listed, quoted, t
from generator.model import Situation, Step, Tree
from generator.pages.citations import by_section, cited_shortly
from generator.pages.report.differing import action_of, differing, ends_titled
from generator.pages.report.items import Data, plain_item, situated
from generator.reading.limits import at_least, either, number
from generator.routine.holding import ROLES
from generator.routine.in_all import in_all
from generator.routine.wording import names


class DutyLine(NamedTuple):
    """What a meeting reads of a step: in ``order`` what goes, what comes and what else, and for whom."""

    order: int
    heading: str
    step: str


def limit_item(difference: Difference, one: LimitChange, place: Callable[[Situation], Data]) -> Data:
    """Return an item for a limit; the situations stand in the pairs that cases move between, if any do."""
    pairs = list(moved(difference, one))
    units = listed([str(unit.name) for unit in one.units]) if one.units else ""
    sides = (at_least(one.before.count), at_least(one.after.count))
    return {
        **plain_item(t("changes.limit", what=one.after.more), *sides),
        "more": [*_more(difference, one, pairs), *_following(difference, one)],
        "about": t("changes.about", units=units) if units else "",
        "units": [str(unit.id) for unit in one.units],
        **situated([] if pairs else [place(situation) for situation in one.situations]),
    }


def _more(difference: Difference, one: LimitChange, pairs: Sequence[Moved]) -> Iterator[str]:
    if not pairs:
        return
    every = sorted({count for pair in pairs for count in pair.numbers})
    yield t("changes.moved-only", numbers=_numbers(every), what=one.after.more)
    lines = [[line for change in pair.changes for line in _lines(difference, change)] for pair in pairs]
    shared = in_all(lines) if pairs[1:] else []
    for pair, own in zip(pairs, lines, strict=True):
        said = [_pair(difference, pair), *_grouped([line for line in own if line not in shared])]
        if list(pair.numbers) != every:
            said.insert(0, t("changes.moved-at", numbers=_numbers(pair.numbers), what=one.after.more))
        yield " ".join(text for text in (*said, _cite(difference, pair)) if text)
    if shared:
        yield t("changes.moved-shared")
        yield from _grouped(shared)
    if same := unmoved(difference, one):
        yield t("changes.unmoved", situations="; ".join(quoted(situation.title) for situation in same))


def _following(difference: Difference, one: LimitChange) -> Iterator[str]:
    """Yield how many texts only follow, which stand last of all."""
    count = sum(follows(one, text) for text in difference.wordings)
    if count:
        yield t("changes.follows", count=count)


def _numbers(counts: Sequence[int]) -> str:
    return either([number(count) for count in counts])


def _pair(difference: Difference, pair: Moved) -> str:
    before = quoted(ends_titled(difference.before, pair.before))
    told = t("changes.moved", before=before, after=quoted(ends_titled(difference.after, pair.after)))
    if not pair.unless:
        return told
    return f"{told} {t('changes.moved-unless', what=listed([str(limit.more) for limit in pair.unless]))}"


def _grouped(lines: Sequence[DutyLine]) -> Iterator[str]:
    """Yield the steps under each heading, what goes before what comes, and what is other last."""
    for _, heading in sorted({(line.order, line.heading): None for line in lines}, key=itemgetter(0)):
        steps = "; ".join(dict.fromkeys(line.step for line in lines if line.heading == heading))
        yield f"{heading}: {steps}."


def _lines(difference: Difference, change: Change) -> Iterator[DutyLine]:
    """Yield a line for each unit that a step goes or comes for, and one for what else differs in it."""
    action = action_of(difference, change)
    (was, before), (now, after) = sides = _sides(difference, change)
    had, has = _parts(was, before), _parts(now, after)
    moved_for = set[str]()
    for order, key, mine, other in ((0, "changes.gone-for", had, has), (1, "changes.new-for", has, had)):
        for unit in all_units(was, now):
            if unit.id in mine and unit.id not in other:
                moved_for.add(str(unit.id))
                step = t(f"changes.part.{mine[unit.id]}", action=action)
                yield DutyLine(order, t(key, names=unit.name), step)
    if before and after:
        aspects = tuple(name for name in change.aspects if not _is_told(before, after, name, moved_for))
        if aspects:
            told = f"{action}, {_who(now, after)} ({differing(difference, change, aspects)})"
            yield DutyLine(2, t("changes.moved-other"), told)
    elif not moved_for:
        yield from (_whole(tree, side, action, gone=side is before) for tree, side in sides if side)


def _whole(tree: Tree, step: Step, action: str, *, gone: bool) -> DutyLine:
    """Return the line for a step of one side alone that no unit has a part in."""
    key, order = ("changes.gone", 0) if gone else ("changes.new", 1)
    if step.who:
        return DutyLine(order, t(f"{key}-for", names=names(tree, step.who)), action)
    return DutyLine(order, t(key), f"{action} ({_who(tree, step)})")


def _who(tree: Tree, step: Step) -> str:
    return names(tree, step.who) if step.who else t("brief.unnamed")


def _sides(difference: Difference, change: Change) -> list[tuple[Tree, Step | None]]:
    both = ((difference.before, change.before), (difference.after, change.after))
    return [(tree, placed.step if placed else None) for tree, placed in both]


def _parts(tree: Tree, step: Step | None) -> dict[str, str]:
    """Return unit → its part in a step, the first if it has several."""
    roles = [(str(id), role) for role in reversed(ROLES) for id in getattr(step, role, ())]
    return {id: role for id, role in roles if id in tree.ids("units")}


def _is_told(before: Step, after: Step, name: str, told: set[str]) -> bool:
    """Tell whether all that differs in a part of a step is told of the units that it goes or comes for."""
    return name in ROLES and {*getattr(before, name)} ^ {*getattr(after, name)} <= told


def _cite(difference: Difference, pair: Moved) -> str:
    """Return where the steps that differ stand, before and after, under the situations' own headings."""
    sides = [side for change in pair.changes for side in _sides(difference, change)]
    told = [
        cited_shortly(tree, one)
        for tree in (difference.before, difference.after)
        for one in by_section(step.cite for of, step in sides if step and of is tree)
    ]
    return f"{'; '.join(dict.fromkeys(told))}." if told else ""
