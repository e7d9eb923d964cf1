"""A node of the model as plain data: every field under its key, so that none can be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field
from typing import Any

from generator.model import Citation, Node, Section
from generator.model.declared import declared, key_of
from generator.pages.site import Site
from generator.routine.wording import heading_of, paragraphs_of, section_number


def key_in_data(f: Field[Any]) -> str:
    """Return a field's key in the data."""
    return str(f.metadata.get("data") or ("citations" if f.name == "cite" else key_of(f)))


def is_told(f: Field[Any]) -> bool:
    """Tell whether a field stands in the data, which has in full what others are short for."""
    return not {"written", "short", "untold"} & f.metadata.keys()


def plain(site: Site, node: Node) -> dict[str, Any]:
    """Return a node as data, in the order of the model."""
    return {
        key_in_data(f): _settling(getattr(node, f.name))
        if "settles" in f.metadata
        else _value(site, getattr(node, f.name))
        for f in declared(type(node))
        if is_told(f)
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


def _settling(facts: Mapping[Any, Any]) -> dict[str, str]:
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
