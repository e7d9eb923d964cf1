"""A node of the model as plain data: every field under its key, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field
from typing import Any

from generator.model import Citation, Node, Section
from generator.model.declared import declared, key_of
from generator.pages.site import Site
from generator.routine.wording import heading_of, paragraphs_of, section_number

# Class and field → its key in the data, where that is another one than in the tree.
RENAMED = {
    ("Situation", "source"): "citation",
    ("Continuation", "node"): "question",
    ("Back", "node"): "question",
    ("Step", "cite"): "citation",
}
# What is given in full already heeds it: steps of a situation, places of a gap; and what only examples need.
LEFT_OUT = {("Situation", "without"), ("Situation", "except_"), ("Gap", "on"), ("Fact", "default")}
# What can be done without, and is not there then.
OPTIONAL = {
    ("Step", "facts"),
    ("Step", "only"),
    ("Question", "together"),
    ("Value", "limits"),
    ("Situation", "text"),
    ("Situation", "cite"),
    ("Situation", "back"),
}
# Facts that hold one value each: what an answer or a way on settles.
SETTLING = {("Option", "facts"), ("Way", "as_"), ("Continuation", "as_")}


def key_in_data(cls: type, f: Field[Any]) -> str:
    """Return a field's key in the data."""
    return RENAMED.get((cls.__name__, f.name)) or ("citations" if f.name == "cite" else key_of(f))


def is_told(cls: type, f: Field[Any]) -> bool:
    """Tell whether a field stands in the data at all."""
    return (cls.__name__, f.name) not in LEFT_OUT and "written" not in f.metadata


def plain(site: Site, node: Node) -> dict[str, Any]:
    """Return a node as data, in the order of the model."""
    cls = type(node)
    return {
        key_in_data(cls, f): settling(getattr(node, f.name))
        if (cls.__name__, f.name) in SETTLING
        else _value(site, getattr(node, f.name))
        for f in declared(cls)
        if is_told(cls, f) and not ((cls.__name__, f.name) in OPTIONAL and not getattr(node, f.name))
    }


def _value(site: Site, value: Any) -> Any:
    if isinstance(value, Node):
        return plain(site, value)
    if isinstance(value, Citation):
        return citation(site, value)
    if isinstance(value, tuple):
        items = [_value(site, item) for item in value]
        # One set of facts alone is told as such, as in the tree.
        return items[0] if len(items) == 1 and isinstance(value[0], Mapping) else items
    if isinstance(value, Mapping):
        return {str(key): _value(site, held) for key, held in value.items()}
    return str(value) if isinstance(value, str) else value


def settling(facts: Mapping[Any, Any]) -> dict[str, str]:
    """Return facts that have one value each."""
    return {str(fact): str(values[0]) for fact, values in facts.items()}


def citation(site: Site, cited: Citation) -> dict[str, str | None]:
    """Return one citation: section, heading, paragraph and page, as a reader meets them."""
    section = site.tree.get(cited.section, Section)
    return {
        "section": section_number(site.tree, section),
        "heading": heading_of(site.tree, cited),
        "paragraph": paragraphs_of(cited) if cited.paragraphs else None,
        "page": str(section.pages) if section.pages else None,
    }
