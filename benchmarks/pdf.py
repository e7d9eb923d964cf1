"""What the checklists cost: CPU and memory of typesetting them all cold, and the size of the files.

The floor is the typesetter alone with the same documents.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst

from benchmarks.frame import Row, cost
from generator.pages.site import Site
from generator.printing import typesetter
from generator.printing.checklist_booklet import BOOKLET, booklet
from generator.printing.checklists import printed_documents
from generator.printing.printed_document import PrintedDocument
from generator.rules import check

ROOT = Path(__file__).parents[1]
ADDRESS = "https://intranat.example.org/forebygga/"
BARS = {"cpu": 3.0, "memory": 200, "checklist": 80, "booklet": 500}  # s, MiB, kB, kB


def rows() -> list[Row]:
    """Return the figures of the real tree's checklists."""
    text = (ROOT / "tree/avhysning.yaml").read_text("utf-8")
    tree, _ = check(text)
    if tree is None:
        raise SystemExit(1)
    with tempfile.TemporaryDirectory() as folder:
        site = Site.of(tree, text)
        cold, made = _timed(
            lambda: typesetter.typeset(_checklists(site), tree.routine.revised_on, Path(folder))
        )
        warm, _ = _timed(lambda: typesetter.typeset(_checklists(site), tree.routine.revised_on, Path(folder)))
    alone = "from benchmarks import pdf; pdf.all_anew()"
    memory = cost([sys.executable, "-c", alone], ROOT).memory
    floor, _ = _timed(lambda: _typesetter_alone(site))
    whole = len(made[BOOKLET]) / 1000
    largest = max(len(content) for path, content in made.items() if path != BOOKLET) / 1000
    return [
        Row(
            f"all {len(made)} checklists, set anew, CPU",
            f"{cold:.2f} s",
            f"the typesetter alone {floor:.2f} s",
            round(cold / floor, 2),
            f"≤ {BARS['cpu']} s",
            cold <= BARS["cpu"],
        ),
        Row("nothing changed, CPU", f"{warm:.2f} s", "", None, "", True),
        _kept("memory at most", memory, "MiB", BARS["memory"]),
        _kept("largest checklist", largest, "kB", BARS["checklist"]),
        _kept("booklet", whole, "kB", BARS["booklet"]),
    ]


def all_anew() -> None:
    """Set every checklist, with nothing kept."""
    text = (ROOT / "tree/avhysning.yaml").read_text("utf-8")
    tree, _ = check(text)
    if tree is not None:
        with tempfile.TemporaryDirectory() as folder:
            typesetter.typeset(_checklists(Site.of(tree, text)), tree.routine.revised_on, Path(folder))


def _kept(name: str, measured: float, unit: str, bar: float) -> Row:
    return Row(name, f"{measured:.0f} {unit}", "", None, f"≤ {bar} {unit}", measured <= bar)


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    result = act()
    return time.process_time() - start, result


def _typesetter_alone(site: Site) -> None:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(typesetter.FONTS)]
    )
    compilers = {
        name: typst.Compiler(
            input=str(typesetter.TEMPLATES / name), root=str(typesetter.TEMPLATES), font_paths=fonts
        )
        for name in ("checklist.typ", "checklist_booklet.typ")
    }
    for document in _checklists(site):
        compilers[document.template].compile(format="pdf", sys_inputs={"data": document.data})


def _checklists(site: Site) -> list[PrintedDocument]:
    return [*printed_documents(site, ADDRESS), booklet(site, ADDRESS)]
