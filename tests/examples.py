"""The routines that ship as examples, each as a site of its own, as ``make example`` shows it."""

from __future__ import annotations

from pathlib import Path

from generator.locale import language_in
from generator.model import Tree
from tests.conftest import ROOT, checked
from tests.english import copy_begun

TREES = {path.stem: path for path in sorted((ROOT / "examples").glob("*/tree/*.yaml"))}


def example(name: str) -> Tree:
    return checked(TREES[name].read_text("utf-8"))


def copy_example(to: Path, name: str) -> Path:
    """Copy the project with an example in the place of its own routine."""
    text = TREES[name].read_text("utf-8")
    return copy_begun(to, name, text, language_in(text))
