"""What changes between two versions, as plain data: sections, groups and items, for every form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.diff.compare import Change, Difference, SituationChange, all_units
from generator.diff.history import Revised
from generator.diff.nodes import PRESENT, KeyChange, NodeChange
from generator.locale import listed, t
from generator.model import Action, Force, Phase, Revision, Situation, Tree
from generator.model.declared import Weight
from generator.pages.page import Page
from generator.pages.report.decisions import decided
from generator.pages.report.differing import label_of, of_others, retold
from generator.pages.report.in_words import before_and_after, name_of
from generator.pages.report.items import Data, group, kind_and_name, page_in, plain_item, section
from generator.pages.report.to_judge import (
    DATES,
    following,
    own_wordings,
    shared_wordings,
    to_judge,
    unit_line,
)
from generator.pages.site import Site
from generator.routine.lines import called
from generator.routine.steps import PlacedStep, placed_steps
from generator.routine.wording import cited

_TOLD = {("routine", "version"), ("facts", "count")}  # at the top, and as a limit
_FROM = ("routine", "valid_from")  # at the top, when it is a later day


def report(difference: Difference, *sites: Site) -> Data:
    """Return a difference as JSON-able data; with sites, nodes link to the page in the first that has them.

    ``approved`` says who has approved the version, or that nobody has; ``valid`` from when a later one
    holds; ``since`` are the notes on those that came; ``units`` have what changes for each in a line;
    ``decisions`` are the duties that change, numbered.
    ``sections`` hold ``heading``, ``lead``, ``unit`` (whose they are, or "") and ``groups``; a group holds
    ``title``, ``href`` and ``items``. An item has ``label``, ``count``, ``before``, ``after``, ``about``,
    ``cite``, ``units``, ``where`` with ``where_label``, and ``more`` (what it means, in sentences).
    """
    sides = (difference.before, difference.after)
    difference = replace(difference, before=of_others(sides[0]), after=of_others(sides[1]))
    before, after = sides[0].routine, sides[1].routine
    items = decided(difference, lambda situation: _place(situation, sites))
    words = to_judge(difference)
    return {
        "title": t("changes.title", title=after.short_title),
        "versions": t("changes.versions", before=before.version, after=after.version),
        "version": str(after.version),
        "language": str(after.language),
        "organisation": str(after.organisation),
        "approved": _approved(difference),
        "valid": t("validity.coming", day=after.valid_from, other=before.version)
        if _later(difference)
        else "",
        "since": [t("changes.since", date=r.date, note=r.note) for r in _came(difference)],
        "verdict": _verdict(difference, items),
        "units": [unit_line(unit, items, words) for unit in all_units(*sides)],
        "decisions": items,
        "sections": [
            *own_wordings(difference, words, sites),
            *section(t("changes.gaps"), t("changes.gaps-lead"), [group("", _gaps(difference))]),
            *section(t("changes.situations"), "", _situations(difference, sites)),
            *section(t("changes.rest"), "", _nodes(difference, Weight.DUTY, sites)),
            *section(t("changes.texts"), t("changes.texts-lead"), shared_wordings(difference, words, sites)),
            *section(
                t("changes.references"),
                "",
                [*_steps(difference, sites), *_nodes(difference, Weight.REFERENCE, sites)],
            ),
            *section(t("changes.beside"), "", _nodes(difference, Weight.BESIDE, sites)),
            *section(t("changes.appendix"), "", following(difference, sites), named=True),
        ],
    }


def pages(site: Site, revised: Sequence[Revised]) -> Iterator[Page]:
    """Yield the page of all revisions, the newest first."""
    log = [(r.revision, report(r.difference, site) if r.difference else None) for r in revised]
    yield Page("andringar", t("changes.log"), "changes.html.jinja", {"log": log}, search_weight=0.2)


def as_text(data: Data) -> str:
    """Return the report for a terminal."""
    lines = [data[name] for name in ("title", "approved", "versions", "valid") if data[name]]
    lines += [*data["since"], "", data["verdict"], *(unit["told"] for unit in data["units"])]
    for item in data["decisions"]:
        lines += _item_lines(item)
    for part in data["sections"]:
        lines += ["", part["heading"].upper(), *([part["lead"]] if part["lead"] else [])]
        for one in part["groups"]:
            lines += ["", f"  {one['title']}"] if one["title"] else []
            if part["named"]:
                lines.append(f"  {'; '.join(item['label'] for item in one['items'])}.")
                continue
            for item in one["items"]:
                lines += _item_lines(item)
    return "\n".join(lines) + "\n"


def _item_lines(item: Data) -> list[str]:
    head = f"{item['count'] or '–'} {item['label']}"
    sides = [(t("changes.before"), item["before"]), (t("changes.after"), item["after"])]
    told = [f"      {name} {text}" for name, text in sides if text]
    where = "; ".join(place["title"] for place in item["where"])
    told += [f"      {item['where_label']} {where}"] if where else []
    more = (f"      {text}" for text in (*item["more"], item["about"], item["cite"]) if text)
    return [f"  {head}", *told, *more]


def _later(difference: Difference) -> bool:
    return difference.before.routine.valid_from < difference.after.routine.valid_from


def _approved(difference: Difference) -> str:
    """Return who has approved the later version; what was approved is not what changed under its name."""
    before, after = difference.before.routine, difference.after.routine
    approved = difference.after.approved
    if approved is None or (before.version == after.version and difference.of_duty):
        return t("changes.not-approved")
    return t("changes.approved", by=approved.by, on=approved.on)


def _came(difference: Difference) -> list[Revision]:
    """Return the notes on the versions that only the later one has."""
    known = {r.version for r in difference.before.revisions}
    return [r for r in difference.after.revisions if r.version not in known]


def _verdict(difference: Difference, items: Sequence[Data]) -> str:
    if difference.empty:
        return t("changes.nothing")
    if not items:
        return t("changes.duties") if difference.of_duty else t("changes.words")
    units = {unit for item in items for unit in item["units"]}
    return t(
        "changes.decided-one" if len(items) == 1 else "changes.decided", count=len(items), units=len(units)
    )


def _gaps(difference: Difference) -> list[Data]:
    return [
        {
            **plain_item(t("changes.gap"), str(one.gap.title), ""),
            "more": [
                t(
                    "changes.gap-at",
                    places="; ".join(_place_of_gap(difference.before, id) for id in one.places),
                )
            ],
        }
        for one in difference.gaps
    ]


def _place_of_gap(tree: Tree, id: str) -> str:
    return called(tree.get(id, "questions", "situations", "gaps", "actions"))


def _situations(difference: Difference, sites: Sequence[Site]) -> Iterator[Data]:
    """Yield the situations that came or went, with their steps, and those in another order."""
    for changed in difference.situations:
        whole = not (changed.before and changed.after)
        items = [_item(difference, c) for c in changed.changes if c.of_duty and whole]
        if changed.reordered:
            items.append(plain_item(t("changes.reordered"), "", _order(difference.after, changed)))
        yield _about(changed, items, sites)


def _order(tree: Tree, changed: SituationChange) -> str:
    steps = placed_steps(tree, changed.after) if changed.after else ()
    return "; ".join(f"{p.number}. {tree.get(p.step.action, Action).label}" for p in steps)


def _steps(difference: Difference, sites: Sequence[Site]) -> Iterator[Data]:
    """Yield the steps whose duty stays, but that point elsewhere or have another id."""
    for changed in difference.situations:
        those = [c for c in changed.changes if not c.of_duty and (c.references or c.renamed)]
        yield _about(changed, [_item(difference, c) for c in those], sites)


def _about(changed: SituationChange, items: list[Data], sites: Sequence[Site]) -> Data:
    situation = changed.after or changed.before
    if situation is None:
        raise ValueError("a change of no situation")
    mark = "" if changed.before and changed.after else _came_or_went(changed.after)
    title = f"{situation.title} ({mark.lower()})" if mark else str(situation.title)
    return group(title, items, _place(situation, sites)["href"])


def _place(situation: Situation, sites: Sequence[Site]) -> dict[str, str]:
    return {"title": str(situation.title), "href": page_in(sites, "situations", str(situation.id))}


def _item(difference: Difference, change: Change) -> Data:
    sides = (_told(difference.before, change.before), _told(difference.after, change.after))
    if change.before is None or change.after is None:
        label = t("changes.new") if change.after else t("changes.gone")
    elif change.aspects:
        label = t("changes.changed", aspects=_labels(change.aspects))
    elif change.renamed:
        label = t("changes.renamed", before=change.before.step.key, after=change.after.step.key)
    else:
        label = t("changes.changed", aspects=_labels(change.references))
    return plain_item(label, *sides)


def _labels(names: Sequence[str]) -> str:
    return listed([label_of(name) for name in names])


def _came_or_went(after: object) -> str:
    return t("changes.new") if after else t("changes.gone")


def _told(tree: Tree, placed: PlacedStep | None) -> str:
    """Return a step with all that makes it that step, and where it stands, as in its own version."""
    if placed is None:
        return ""
    step = placed.step
    phase, force = tree.get(step.phase, Phase).label, tree.get(step.force, Force).label
    return f"{retold(tree, placed)} ({phase}, {force}; {cited(tree, step.cite)})"


def _nodes(difference: Difference, weight: Weight, sites: Sequence[Site]) -> Iterator[Data]:
    for node in difference.nodes:
        if node.kind == "examples" or (node.kind == "situations" and node.came_or_went):
            continue  # practice decides nothing, and these are told with their steps
        yield group(
            _name(difference, node),
            list(_node_items(difference, node, weight)),
            page_in(sites, node.kind, node.id),
        )


def _node_items(difference: Difference, node: NodeChange, weight: Weight) -> Iterator[Data]:
    if node.came_or_went and node.weight is weight:
        yield plain_item(_came_or_went(node.after), "", "")
    for key in node.keys:
        at = (node.kind, key.key.rpartition("/")[2])
        if at in _TOLD or (at == _FROM and _later(difference)):
            continue
        if (Weight.BESIDE if (node.kind, key.key) in DATES else key.weight) is weight:
            yield _key(difference, node, key)


def _key(difference: Difference, node: NodeChange, key: KeyChange) -> Data:
    if PRESENT in (key.before, key.after):
        return plain_item(t("changes.new-part" if key.after else "changes.gone-part", key_=key.title), "", "")
    trees, nodes = (difference.before, difference.after), (node.before, node.after)
    sides = before_and_after(trees, nodes, key.held, key.kinds)
    if sides[0] == sides[1]:
        return plain_item(t("changes.same-name", key_=key.title), *sides)
    return plain_item(key.title, *sides)


def _name(difference: Difference, node: NodeChange) -> str:
    tree = difference.after if node.after else difference.before
    return kind_and_name(node.kind, name_of(tree, node.after or node.before) or node.id)
