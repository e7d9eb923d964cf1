"""What can be read as YAML, but not as it was meant: an item that lost its dash, a value cut by a comma."""

from __future__ import annotations

import yaml


def parted(node: yaml.Node) -> list[yaml.Node]:
    """Return the item of a list or, where its keys begin anew, the items that it is without their dashes.

    One key that comes again is a key written twice; it takes two to be another item.
    """
    if not isinstance(node, yaml.MappingNode):
        return [node]
    parts: list[list[tuple[yaml.Node, yaml.Node]]] = [[]]
    seen: set[str] = set()
    for n, (key, value) in enumerate(node.value):
        name = _name(key)
        if name in seen and any(_name(k) in seen for k, _ in node.value[n + 1 : n + 1 + len(seen)]):
            parts.append([])
            seen = set()
        parts[-1].append((key, value))
        seen.add(name)
    if len(parts) == 1:
        return [node]
    return [
        yaml.MappingNode(node.tag, part, part[0][0].start_mark, node.end_mark, flow_style=node.flow_style)
        for part in parts
    ]


def begins_alike(one: yaml.Node, other: yaml.Node) -> bool:
    """Tell whether two items have the same first key: none of them lost it with its dash."""
    return _name(one.value[0][0]) == _name(other.value[0][0])


def is_bare(value: yaml.Node) -> bool:
    """Tell whether there is nothing at all where a value should stand, not even quotes."""
    return isinstance(value, yaml.ScalarNode) and value.start_mark.index == value.end_mark.index


def _name(key: yaml.Node) -> str:
    return key.value if isinstance(key, yaml.ScalarNode) else ""
