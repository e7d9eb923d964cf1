"""The navigator's data: the questions as markup once, and the tree as ids and facts."""

from __future__ import annotations

from json import dumps
from typing import Any

from generator.model import Ask, FactSet, Gap, Option, Question, Situation
from generator.pages.questions import OptionLink, boxes, own_way
from generator.pages.rendering import fill
from generator.pages.site import Site
from generator.routine.boxes import domain, hull
from generator.routine.cases import with_facts
from generator.routine.routes import boxes_of


def navigator_js(site: Site, folder: str = "") -> str:
    """Return the data as a classic script, which loads from a file as well as from a server.

    ``folder`` is where the pages stand, from where the scripts do.
    """
    made = data(site)
    for question in made["questions"].values():
        question["html"] = question["html"].replace('href="', f'href="{folder}')
    for place in (*made["nodes"].values(), *made["ends"].values()):
        place["page"] = folder + place["page"]
    text = dumps(made, ensure_ascii=False, separators=(",", ":"))
    # "<" cannot close a script element or open a comment when it is written as an escape.
    literal = text.replace("<", chr(92) + "u003c")
    return f"window.rutinData = {literal};\n"


def data(site: Site) -> dict[str, Any]:
    """Return what the navigator's logic and its view need, and nothing else."""
    tree = site.tree
    return {
        "digest": site.digest,
        "start": str(tree.routine.start),
        "facts": {str(f.id): [str(v.id) for v in f.values] for f in tree.facts},
        "questions": {str(q.id): _question(site, q) for q in tree.questions},
        "nodes": {str(node.id): _node(site, node) for node in tree.nodes},
        "ends": {str(end.id): _end(site, end.id) for end in (*tree.situations, *tree.end_gaps)},
    }


def _question(site: Site, question: Question) -> dict[str, Any]:
    choices = [OptionLink(option, "") for option in question.options]
    own = [told for option in question.options if (told := own_way(site, question, option))]
    context = {"question": question, "boxes": boxes(site.tree, question), "choices": choices, "own_ways": own}
    html = fill(site, "question_body.html.jinja", unsure="", **context)
    return {
        "text": str(question.text),
        "html": " ".join(html.split()),
        "options": [_option(option) for option in question.options],
    }


def _option(option: Option) -> dict[str, Any]:
    return {"id": str(option.id), "short": str(option.short), "facts": with_facts({}, option.facts)}


def _node(site: Site, node: Ask) -> dict[str, Any]:
    return {
        "ask": str(node.ask),
        "page": site.page_of(node.id, "nodes"),
        "goto": {str(option): str(target) for option, target in node.goto.items()},
    }


def _end(site: Site, id: str) -> dict[str, Any]:
    node = site.tree.get(id, Situation, Gap)
    end: dict[str, Any] = {"page": site.page_of(id, "situations", "gaps")}
    if isinstance(node, Gap):
        end["ways"] = [_way(hull(domain(site.tree), boxes_of(node)), way.as_) for way in node.ways]
    elif node.continues:
        end["on"] = str(node.continues.node)
    return end


def _way(facts: FactSet, taken: FactSet) -> dict[str, Any]:
    """Return the facts of a way on, and what was answered in their place, where that is sure."""
    was = {fact: facts[fact] for fact in taken if len(facts.get(fact, ())) == 1}
    return {"as": with_facts({}, taken), "was": with_facts(dict.fromkeys(map(str, taken), ""), was)}
