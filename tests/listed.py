"""A tree's text with a list of what each gap concerns, by whatever it is found."""

from __future__ import annotations

from generator.model import Tree


def listed(tree: Tree, text: str) -> str:
    """Return the text of a checked tree without spots."""
    lines = text.split("\n")
    for gap in reversed(tree.gaps):
        if gap.on:
            first = next(n for n in range(gap.pos.line, len(lines)) if lines[n] == "    on:")
            end = next(n for n in range(first + 1, len(lines)) if not lines[n].startswith("      "))
            end += lines[end].startswith("    concerns: ")
            lines[first:end] = [f"    concerns: [{', '.join(gap.concerns)}]"]
    return "\n".join(lines)
