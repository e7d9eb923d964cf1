"""Two tiny invented routines in one project: the one about coffee, and one about tea after it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import TINY, copy_project

COFFEE = TINY.read_text("utf-8")
_OTHERWISE = {
    "  id: kaffe\n": "  id: te\n",
    "Rutin för kaffemaskinen": "Rutin för tekokaren",
    "short_title: Kaffe\n": "short_title: Te\n",
    "revised_on: 2024-03-01": "revised_on: 2024-05-02",
    "Inget vatten": "Slut på teblad",
    "  language: sv\n": "  language: sv\n  invitation: Här hittar du en kopp te.\n  draft: true\n",
}
TEA = COFFEE
for _words, _others in _OTHERWISE.items():
    assert _words in TEA
    TEA = TEA.replace(_words, _others)
FILES = {"kaffe.yaml": COFFEE, "te.yaml": TEA}


def copy_routines(to: Path) -> Path:
    """Copy the project with both routines in the place of its own."""
    copy_project(to)
    shutil.rmtree(to / "tree")
    (to / "tree").mkdir()
    for name, text in FILES.items():
        (to / "tree" / name).write_text(text, "utf-8")
    return to
