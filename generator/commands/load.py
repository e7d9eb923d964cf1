"""Reading a tree from the disk, with everything that is wrong with it said at once."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.build import disk, versions
from generator.diff import history
from generator.locale import t
from generator.model import Tree
from generator.printing.font import glyphs
from generator.printing.glyph_coverage import missing_glyphs
from generator.reading.diagnostics import render
from generator.rules import check


@dataclass(frozen=True)
class Loaded:
    """A checked tree, its text, and the text of each earlier version by its name."""

    tree: Tree
    text: str
    kept: Mapping[str, str]


def load(options: Namespace, *, newest: int | None = None) -> Loaded | None:
    """Return the checked tree with its earlier versions, or None after saying what is wrong.

    With ``newest``, only so many of the versions are read.
    """
    path = options.root / options.tree
    text, findings = disk.read_text(path)
    tree = None
    kept: Mapping[str, str] = {}
    if not findings:
        kept = versions.kept(path)
        tree, findings = check(text, lambda: history.latest(kept))
    if tree is not None and not findings:
        findings = [*missing_glyphs(tree, glyphs()), *history.problems(tree, kept, newest, text)]
    if findings or tree is None:
        print(render(findings, shown(path), text), file=sys.stderr)
        print(f"\n{t('checks.count', count=len(findings))}", file=sys.stderr)
        return None
    return Loaded(tree, text, kept)


def say(key: str, **values: object) -> None:
    """Say something at once, also where the output is no terminal."""
    print(t(key, **values), flush=True)


def shown(path: Path) -> str:
    """Return a path as people know it: from here, unless it is elsewhere."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()
