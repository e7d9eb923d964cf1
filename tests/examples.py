"""The routines that ship as examples, each as a site of its own, as ``make example`` shows it."""

from __future__ import annotations

import re
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
    project = copy_begun(to, name, text, language_in(text))
    config = project / "mkdocs.yml"
    title = f"site_name: {example(name).routine.short_title}"
    config.write_text(re.sub(r"^site_name: .*$", title, config.read_text("utf-8"), flags=re.M), "utf-8")
    return project
