"""Reading a tree from the disk, with everything that is wrong with it said at once."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import history
from generator.checks import check
from generator.diagnostics import render
from generator.letters import unknown_letters
from generator.locale import t
from generator.model import Tree
from generator.sinks import disk, pdf, versions

TREE = Path("tree/avhysning.yaml")


@dataclass(frozen=True)
class Loaded:
    """A checked tree, its text, and the earlier versions by their names."""

    tree: Tree
    text: str
    kept: Mapping[str, Tree]


def load(options: Namespace) -> Loaded | None:
    """Return the checked tree with its earlier versions, or None after saying what is wrong."""
    path = options.root / options.tree
    text, findings = disk.read_text(path)
    tree = None
    kept: Mapping[str, Tree] = {}
    if not findings:
        tree, findings = check(text)
    if tree is not None and not findings:
        kept, unreadable = history.earlier_versions(versions.kept(path))
        findings = [*unknown_letters(tree, pdf.known_letters()), *history.problems(tree, kept, unreadable)]
    if findings or tree is None:
        print(render(findings, shown(path), text), file=sys.stderr)
        print(f"\n{t('checks.count', count=len(findings))}", file=sys.stderr)
        return None
    return Loaded(tree, text, kept)


def shown(path: Path) -> str:
    """Return a path as people know it: from here, unless it is elsewhere."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()
