"""The changed duties as a meeting decides on them: each once, with what differs, for whom and where."""

from __future__ import annotations

from collections.abc import Callable

from generator.diff.compare import Difference, OutcomeChange
from generator.diff.decisions import Decision, decisions
from generator.diff.limits import limit_changes
from generator.locale import capitalized, listed, t
from generator.model import Situation, Unit
from generator.pages.report.differing import ends_titled, headline, retold
from generator.pages.report.items import Data, plain_item, situated
from generator.pages.report.moved import limit_item
from generator.routine.steps import concerns
from generator.routine.wording import cited


def decided(
    difference: Difference,
    place: Callable[[Situation], Data],
) -> list[Data]:
    """Return an item for each duty or limit that changes, and for answers that lead elsewhere, numbered.

    ``place`` gives a situation's title and page.
    """
    items = [_item(difference, one, place) for one in decisions(difference)]
    items += [limit_item(difference, limit, place) for limit in limit_changes(difference)]
    items += [_outcome(difference, outcome) for outcome in difference.outcomes]
    return [{**item, "count": f"{number}."} for number, item in enumerate(items, start=1)]


def _item(difference: Difference, one: Decision, place: Callable[[Situation], Data]) -> Data:
    change = one.change
    sides = [(difference.before, change.before), (difference.after, change.after)]
    cites = [f"{capitalized(cited(tree, p.step.cite))}." for tree, p in sides if p]
    return {
        **plain_item(headline(difference, change), *(retold(tree, placed) for tree, placed in sides)),
        "about": _about(difference, one),
        "cite": " ".join(dict.fromkeys(cites)),
        "units": [str(unit.id) for unit in one.units],
        **situated([place(situation) for situation in one.situations]),
    }


def _outcome(difference: Difference, outcome: OutcomeChange) -> Data:
    tree = difference.after
    labels = {str(f.id): f.label for f in tree.facts}
    values = {(str(f.id), str(v.id)): v.label for f in tree.facts for v in f.values}
    facts = "; ".join(f"{labels[fact]}: {values[fact, value]}" for fact, value in outcome.example.items())
    units = listed([str(unit.name) for unit in outcome.units]) if outcome.units else ""
    return {
        **plain_item(
            t("changes.elsewhere"),
            ends_titled(difference.before, outcome.before),
            ends_titled(tree, outcome.after),
        ),
        "more": [t("changes.for-example", facts=facts)],
        "about": t("changes.about", units=units) if units else "",
        "units": [str(unit.id) for unit in outcome.units],
    }


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
