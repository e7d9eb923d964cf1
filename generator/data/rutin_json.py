"""``rutin.json``: the routine for other systems. Its form is promised by ``rutin.schema.json``."""

from __future__ import annotations

from json import dumps
from typing import Any

from generator.model import (
    Action,
    Ask,
    Citation,
    Citations,
    FactSet,
    Gap,
    Question,
    Role,
    Section,
    Situation,
    Unit,
)
from generator.pages.site import Site
from generator.routine.cases import all_cases, go_on, walk
from generator.routine.steps import PlacedStep, placed_steps
from generator.routine.wording import heading_of, paragraphs_of, section_number

FORMAT = 1


def rutin_json(site: Site) -> str:
    """Return the whole routine as JSON text."""
    return dumps(export(site), ensure_ascii=False, indent=1) + "\n"


def export(site: Site) -> dict[str, Any]:
    """Return the routine as plain data. Order is the tree's own."""
    tree = site.tree
    return {
        "format": FORMAT,
        "routine": _routine(site),
        "units": [_unit(site, unit) for unit in tree.units],
        "parties": [_labels(p, "id", "name") | {"collective": p.collective} for p in tree.parties],
        "forces": [_labels(f, "id", "label", "meaning") for f in tree.forces],
        "phases": [_labels(p, "id", "label") for p in tree.phases],
        "conditions": [
            _labels(c, "id", "text", "confirm") | {"urgent": c.urgent, "confirm_with": _ids(c.confirm_with)}
            for c in tree.conditions
        ],
        "purposes": [_labels(p, "id", "label", "text") for p in tree.purposes],
        "facts": [
            _labels(f, "id", "label") | {"values": [_labels(v, "id", "label") for v in f.values]}
            for f in tree.facts
        ],
        "questions": [_question(site, node.id) for node in tree.nodes],
        "actions": [_action(site, action) for action in tree.actions],
        "situations": [_situation(site, situation) for situation in tree.situations],
        "gaps": [_gap(site, gap) for gap in tree.gaps],
        "combinations": [_combination(site, case) for case in all_cases(tree)],
    }


def _labels(node: object, *names: str) -> dict[str, Any]:
    values = {name: getattr(node, name) for name in names}
    return {name: None if value is None else str(value) for name, value in values.items()}


def _ids(ids: tuple[str, ...]) -> list[str]:
    return [str(id) for id in ids]


def _facts(facts: FactSet) -> dict[str, list[str]]:
    return {str(fact): _ids(values) for fact, values in facts.items()}


def _settling(facts: FactSet) -> dict[str, str]:
    return {str(fact): str(values[0]) for fact, values in facts.items()}


def citation(site: Site, cited: Citation) -> dict[str, str]:
    """Return one citation: section, heading, paragraph and page, as a reader meets them."""
    section = site.tree.get(cited.section, Section)
    return {
        "section": section_number(site.tree, section),
        "heading": heading_of(site.tree, cited),
        "paragraph": paragraphs_of(cited),
        "page": str(section.pages),
    }


def _citations(site: Site, cited: Citations) -> list[dict[str, str]]:
    return [citation(site, c) for c in cited]


def _routine(site: Site) -> dict[str, Any]:
    routine = site.tree.routine
    names = ("id", "title", "short_title", "organisation", "document_type", "applies_to")
    dates = ("decided_by", "decided_on", "valid_from", "valid_until", "revised_on", "revision_note")
    owners = [str(site.tree.get(id, Role).name) for id in routine.owners]
    return {
        **_labels(routine, *names, *dates, "review_on", "version", "language"),
        "owners": owners,
        "start": str(routine.start),
        "content_hash": f"sha256:{site.digest}",
    }


def _unit(site: Site, unit: Unit) -> dict[str, Any]:
    duties = [
        {
            "id": str(d.id),
            "text": str(d.text),
            "force": str(d.force),
            "citations": _citations(site, d.cite),
        }
        for d in unit.duties
    ]
    return {
        **_labels(unit, "id", "name", "label", "summary"),
        "url": site.page_of(unit.id, "units"),
        "duties": duties,
    }


def _question(site: Site, id: str) -> dict[str, Any]:
    node = site.tree.get(id, Ask)
    question = site.tree.get(node.ask, Question)
    options = [
        {**_labels(o, "id", "label", "short"), "facts": _settling(o.facts), "goto": str(node.goto[o.id])}
        for o in question.options
    ]
    return {
        "id": str(node.id),
        "url": site.page_of(node.id, "nodes"),
        "question": str(question.id),
        **_labels(question, "text", "why", "where"),
        "options": options,
    }


def _action(site: Site, action: Action) -> dict[str, Any]:
    return {**_labels(action, "id", "label", "question"), "url": site.page_of(action.id, "actions")}


def _situation(site: Site, situation: Situation) -> dict[str, Any]:
    section = site.tree.get(situation.source, Section)
    paragraphs = tuple(range(1, section.paragraphs + 1))
    source = Citation(situation.source, paragraphs, situation.pos)
    way = situation.continues
    return {
        **_labels(situation, "id", "title"),
        "url": site.page_of(situation.id, "situations"),
        "facts": _facts(situation.facts),
        "citation": citation(site, source),
        "continues": way and {"text": str(way.text), "question": str(way.node), "as": _settling(way.as_)},
        "steps": [step(site, placed) for placed in placed_steps(site.tree, situation)],
    }


def step(site: Site, placed: PlacedStep) -> dict[str, Any]:
    """Return one step. Lists and plain keys hold ids; note, citation and sentence hold text."""
    own = placed.step
    return {
        "id": placed.id,
        "action": str(own.action),
        "who": _ids(own.who),
        "with": _ids(own.with_),
        "to": _ids(own.to),
        **_labels(own, "purpose", "when", "phase", "force", "note"),
        "citation": citation(site, own.cite),
        "sentence": placed.sentence,
    }


def _gap(site: Site, gap: Gap) -> dict[str, Any]:
    return {
        **_labels(gap, "id", "title", "text"),
        "url": site.page_of(gap.id, "gaps"),
        "facts": None if gap.facts is None else _facts(gap.facts),
        "citations": _citations(site, gap.cite),
        "nearest": _ids(gap.nearest),
        "ways": [{"label": str(way.label), "as": _settling(way.as_)} for way in gap.ways],
        "concerns": [str(place) for place in gap.concerns if place not in site.tree.ids("questions")],
        "decided_by": [str(site.tree.get(id, Role).name) for id in gap.decided_by],
    }


def _combination(site: Site, case: dict[str, str]) -> dict[str, Any]:
    onward = go_on(site.tree, case)
    return {
        "facts": case,
        "ends_in": _end(site, walk(site.tree, case).at),
        "then": _end(site, onward.at) if onward else None,
    }


def _end(site: Site, id: str) -> dict[str, str]:
    return {"situation" if id in site.tree.ids("situations") else "gap": str(id)}
