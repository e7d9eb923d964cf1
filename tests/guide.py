"""The editor's guide as its tests read it: pages, their sections, and the examples in these.

An example changes excerpts of the invented routine: ``fore`` and ``ratt`` stand in its file, ``efter``
and ``fel`` take their place. All excerpts below one second-level heading belong to one example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

GUIDE = ROOT / "content" / "redigera"
PAGES = sorted(GUIDE.rglob("*.md"))
_FENCE = re.compile(r"```\{\.(?P<language>\w+) \.(?P<kind>\w+)\}")
# What kind of excerpt takes the place of which.
REPLACES = {"efter": "fore", "fel": "ratt"}
KINDS = {"fore": "yaml", "efter": "yaml", "fel": "yaml", "ratt": "yaml", "rapport": "text", "kommando": "sh"}


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, its text, and the line that its text starts on, from 0."""

    kind: str
    language: str
    text: str
    line: int


@dataclass(frozen=True)
class Section:
    """What stands below one second-level heading, or before the first."""

    path: Path
    heading: str
    blocks: tuple[Block, ...]

    def of(self, kind: str) -> list[Block]:
        return [block for block in self.blocks if block.kind == kind]

    def changed(self, tree: str) -> str:
        """Return the tree with this example in it. Each excerpt has to stand in the tree exactly once."""
        text = tree
        for new, old in REPLACES.items():
            for before, after in zip(self.of(old), self.of(new), strict=True):
                for whole in (tree, text):
                    assert f"\n{whole}".count(f"\n{before.text}") == 1, before.text
                text = f"\n{text}".replace(f"\n{before.text}", f"\n{after.text}", 1)[1:]
        return text


def sections(path: Path) -> list[Section]:
    """Return a page's sections with their blocks. Fails for a fence of any other form."""
    found: list[tuple[str, list[Block]]] = [("", [])]
    lines = path.read_text("utf-8").splitlines()
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.startswith("## "):
            found.append((line.removeprefix("## "), []))
        elif line.lstrip().startswith(("```", "~~~")):
            fence = _FENCE.fullmatch(line)
            assert fence, f"{path.name}:{number + 1}: a fence that no test executes"
            end = lines.index("```", number + 1)
            text = "".join(f"{one}\n" for one in lines[number + 1 : end])
            found[-1][1].append(Block(fence["kind"], fence["language"], text, number + 1))
            number = end
        number += 1
    return [Section(path, heading, tuple(blocks)) for heading, blocks in found]


def write_report(section: Section, report: str) -> None:
    """Put a report into the section's block for it, wherever that stands by now."""
    (now,) = [one for one in sections(section.path) if one.heading == section.heading]
    (block,) = now.of("rapport")
    lines = section.path.read_text("utf-8").splitlines()
    lines[block.line : block.line + len(block.text.splitlines())] = report.splitlines()
    section.path.write_text("\n".join(lines) + "\n", "utf-8")
