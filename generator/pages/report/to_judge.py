"""Texts that changed, for people to judge: by unit, and those that concern all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.diff.compare import Difference, all_units
from generator.diff.limits import follows, limit_changes
from generator.diff.wordings import Rewording
from generator.locale import listed, t
from generator.model import Node, Unit
from generator.pages.report.in_words import before_and_after, name_of, node_of
from generator.pages.report.items import (
    Data,
    group,
    kind_and_name,
    page_in,
    plain_item,
    section,
    sentence_and,
    told_apart,
)
from generator.pages.site import Site

# What a version always changes: told among what is said of the document.
DATES = {("routine", "valid_from"), ("routine", "valid_until")}


def to_judge(difference: Difference) -> list[Rewording]:
    """Return the texts to judge: not those that only follow a limit, and not the document's own days."""
    limits = list(limit_changes(difference))
    own = [text for text in difference.wordings if (text.kind, text.key) not in DATES]
    return [text for text in own if not any(follows(one, text) for one in limits)]


def following(difference: Difference, sites: Sequence[Site]) -> list[Data]:
    """Return the texts that only follow a limit, by limit."""
    return [
        group(t("changes.limit", what=limit.after.more), _wordings(difference, texts, sites))
        for limit in limit_changes(difference)
        for texts in [[text for text in difference.wordings if follows(limit, text)]]
    ]


def unit_line(unit: Unit, items: Sequence[Data], texts: Sequence[Rewording]) -> Data:
    """Return what changes for one unit in a line: the numbers of its changes, and how many texts to judge."""
    numbers = [item["count"].rstrip(".") for item in items if unit.id in item["units"]]
    words = [w for w in texts if w.units is None or unit.id in w.units]
    if numbers:
        key = "changes.unit-changed" if numbers[1:] else "changes.unit-changed-one"
        told = [t(key, those=listed(numbers))]
    else:
        told = [t("changes.unit-changed-none") if words else t("changes.unit-none")]
    if words:
        key = "changes.unit-judge" if words[1:] else "changes.unit-judge-one"
        told.append(t(key, count=len(words)))
    return {"id": str(unit.id), "told": t("changes.unit", unit=unit.name, told="; ".join(told))}


def own_wordings(difference: Difference, texts: Sequence[Rewording], sites: Sequence[Site]) -> Iterator[Data]:
    """Yield a section for each unit with texts to judge that are not for all."""
    for unit in all_units(difference.before, difference.after):
        own = [w for w in texts if not _is_shared(difference, w) and unit.id in (w.units or ())]
        heading = t("changes.to-judge", unit=unit.name)
        yield from section(heading, "", [group("", _wordings(difference, own, sites))], str(unit.id))


def _is_shared(difference: Difference, one: Rewording) -> bool:
    return one.units is None or one.units >= {
        unit.id for unit in all_units(difference.before, difference.after)
    }


def shared_wordings(difference: Difference, texts: Sequence[Rewording], sites: Sequence[Site]) -> list[Data]:
    """Return the texts that concern all units."""
    return [group("", _wordings(difference, [w for w in texts if _is_shared(difference, w)], sites))]


def _wordings(difference: Difference, texts: Sequence[Rewording], sites: Sequence[Site]) -> list[Data]:
    trees = (difference.before, difference.after)
    nodes = [[node_of(tree, one.kind, one.id) for tree in trees] for one in texts]
    labels = [_label(difference, *each) for each in zip(texts, nodes, strict=True)]
    labels = told_apart(difference.after, labels, [now for _, now in nodes])
    return [
        {
            **plain_item(label, *before_and_after(trees, held_by, one.held)),
            "href": page_in(sites, one.kind, one.id),
        }
        for label, one, held_by in zip(labels, texts, nodes, strict=True)
    ]


def _label(difference: Difference, one: Rewording, nodes: Sequence[Node | None]) -> str:
    name = name_of(difference.after, nodes[1] or nodes[0]) or one.name
    return sentence_and(kind_and_name(one.kind, name), one.title)
