"""Reading a tree from the disk, with everything that is wrong with it said at once."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.build import disk, versions
from generator.diff import history
from generator.locale import t
from generator.model import Tree
from generator.printing.font import glyphs
from generator.printing.glyph_coverage import missing_glyphs
from generator.reading.diagnostics import Diagnostic, render
from generator.rules import check


@dataclass(frozen=True)
class Looked:
    """What was read: the tree if no rule found anything in it, its text, its versions, and all findings."""

    tree: Tree | None
    text: str
    kept: Mapping[str, str]
    findings: Sequence[Diagnostic]


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
    return reported(options, look(options, newest=newest))


def look(options: Namespace, *, newest: int | None = None) -> Looked:
    """Read and check the tree, and say nothing yet."""
    path = options.root / options.tree
    text, findings = disk.read_text(path)
    tree = None
    kept: Mapping[str, str] = {}
    if not findings:
        kept = versions.kept(path)
        tree, findings = check(text, lambda: history.latest(kept))
    if tree is None or findings:
        return Looked(None, text, kept, findings)
    findings = [*missing_glyphs(tree, glyphs()), *history.problems(tree, kept, newest, text)]
    return Looked(tree, text, kept, findings)


def reported(options: Namespace, looked: Looked) -> Loaded | None:
    """Return what was read if nothing is wrong with it, or None after saying what is."""
    if looked.tree and not looked.findings:
        return Loaded(looked.tree, looked.text, looked.kept)
    print(render(looked.findings, shown(options.root / options.tree), looked.text), file=sys.stderr)
    print(f"\n{t('checks.count', count=len(looked.findings))}", file=sys.stderr)
    return None


def overdue(tree: Tree) -> list[str]:
    """Return what to say if the routine should have been reviewed by today."""
    day = tree.routine.review_on
    return [t("cli.overdue", date=day)] if day and date.today().isoformat() > day else []


def say(key: str, **values: object) -> None:
    """Say something at once, also where the output is no terminal."""
    print(t(key, **values), flush=True)


def shown(path: Path) -> str:
    """Return a path as people know it: from here, unless it is elsewhere."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()
