"""``rutin.json``: the routine for other systems. Its form is promised by ``rutin.schema.json``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from json import dumps
from typing import Any

from generator.data.plain import citation, plain
from generator.model import (
    Action,
    Ask,
    Citation,
    Frame,
    Gap,
    Question,
    Role,
    Section,
    Situation,
    Topic,
    Tree,
    Unit,
)
from generator.model.declared import Weight, declared, weight_of
from generator.pages.addresses import EARLIER
from generator.pages.site import Site
from generator.routine.boxes import domain
from generator.routine.reservations import gaps_at_frame, gaps_at_question, gaps_on
from generator.routine.routes import Route, routes
from generator.routine.steps import PlacedStep, placed_steps, reordered_phases

FORMAT = 4
# The lists of the tree that the data has: what binds somebody, and the documents that steps name.
LISTS = tuple(
    f.name
    for f in declared(Tree)
    if (weight_of(f) is Weight.DUTY and f.name != "nodes") or f.name == "documents"
)


def rutin_json(site: Site) -> str:
    """Return the whole routine as JSON text."""
    return dumps(export(site), ensure_ascii=False, indent=1) + "\n"


def export(site: Site) -> dict[str, Any]:
    """Return the routine as plain data: all of the tree that binds somebody, in the tree's order."""
    tree = site.tree
    lists = {kind: _list(site, kind) for kind in LISTS}
    ways = [_way(site, route) for route in routes(tree)]
    return {"format": FORMAT, "routine": _routine(site), **lists, "ways": ways}


def _list(site: Site, kind: str) -> list[dict[str, Any]]:
    make: Callable[[Site, Any], dict[str, Any]] = MAKERS.get(kind, plain)
    return [make(site, node) for node in getattr(site.tree, _ASKED.get(kind, kind))]


def _routine(site: Site) -> dict[str, Any]:
    routine = site.tree.routine
    owners = [str(site.tree.get(id, Role).name) for id in routine.owners]
    known = {**plain(site, routine), "owners": owners, "content_hash": f"sha256:{site.digest}"}
    if site.validity is None:
        return known
    coming = site.validity.is_coming
    beside = {"version": site.validity.other, "day": site.validity.day, "url": EARLIER if coming else "../"}
    return {**known, "replaces" if coming else "replaced_by": beside}


def _unit(site: Site, unit: Unit) -> dict[str, Any]:
    duties = [{**plain(site, d), "gaps": [str(g.id) for g in gaps_on(site.tree, d)]} for d in unit.duties]
    return {**plain(site, unit), "url": site.page_of(unit.id, "units"), "duties": duties}


def _question(site: Site, node: Ask) -> dict[str, Any]:
    question = site.tree.get(node.ask, Question)
    options = [
        {**plain(site, o), "goto": str(node.goto[o.id]), "own": o.id in node.own} for o in question.options
    ]
    return {
        **plain(site, question),
        "id": str(node.id),
        "url": site.page_of(node.id, "nodes"),
        "question": str(question.id),
        "gaps": [str(gap.id) for gap in gaps_at_question(site.tree, question.id)],
        "options": options,
    }


def _action(site: Site, action: Action) -> dict[str, Any]:
    return {**plain(site, action), "url": site.page_of(action.id, "actions")}


def _situation(site: Site, situation: Situation) -> dict[str, Any]:
    section = site.tree.get(situation.source, Section)
    paragraphs = tuple(range(1, (section.paragraphs or 0) + 1))
    return {
        **plain(site, situation),
        "url": site.page_of(situation.id, "situations"),
        "citation": citation(site, Citation(situation.source, paragraphs, situation.pos)),
        "same_steps_as": str(situation.as_in) if situation.as_in else None,
        "own_order": [str(p.id) for p in site.tree.phases if p.id in reordered_phases(site.tree, situation)],
        "steps": [step(site, placed) for placed in placed_steps(site.tree, situation)],
    }


def step(site: Site, placed: PlacedStep) -> dict[str, Any]:
    """Return one step. Lists and plain keys hold ids; note, citation and sentence hold text.

    Who does not know of facts of a step still reads in its sentence that it has some.
    """
    said = placed.with_condition if placed.step.hangs else placed.sentence
    return {**plain(site, placed.step), "id": placed.id, "sentence": said}


def _frame(site: Site, frame: Frame) -> dict[str, Any]:
    return {**plain(site, frame), "gaps": [str(gap.id) for gap in gaps_at_frame(site.tree, frame)]}


def _topic(site: Site, topic: Topic) -> dict[str, Any]:
    return {**plain(site, topic), "gaps": [str(gap.id) for gap in gaps_on(site.tree, *topic.statements)]}


def _gap(site: Site, gap: Gap) -> dict[str, Any]:
    return {
        **plain(site, gap),
        "url": site.page_of(gap.id, "gaps"),
        "concerns": [str(place) for place in gap.concerns if place not in site.tree.ids("questions")],
        "decided_by": [str(site.tree.get(id, Role).name) for id in gap.decided_by],
    }


def _way(site: Site, route: Route) -> dict[str, Any]:
    end, *rest = route.ends
    named = (fact for fact in domain(site.tree) if fact in route.box)
    return {
        "facts": {str(fact): [str(value) for value in route.box[fact]] for fact in named},
        "ends_in": _end(site, end),
        "then": _end(site, rest[0]) if rest else None,
        "own": any(answer.option.id in answer.node.own for leg in route.legs for answer in leg.answers),
    }


def _end(site: Site, id: str) -> dict[str, str]:
    return {"situation" if id in site.tree.ids("situations") else "gap": str(id)}


# What of the data is not only the model's own fields, and the list of the tree that it is made of.
MAKERS: Mapping[str, Callable[[Site, Any], dict[str, Any]]] = {
    "units": _unit,
    "questions": _question,
    "actions": _action,
    "situations": _situation,
    "frames": _frame,
    "topics": _topic,
    "gaps": _gap,
}
_ASKED = {"questions": "nodes"}
