"""What the checklists cost: CPU and memory of typesetting them all cold, and the size of the files.

The floor is the typesetter alone with the same papers, so that the figure to watch is the ratio.
Run with "make bench".
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst

from generator.checks import check
from generator.sinks import pdf
from generator.views.checklists import papers
from generator.views.site import Site

ROOT = Path(__file__).parents[1]
ADDRESS = "https://intranat.example.org/forebygga/"
BARS = {"cpu": 3.0, "memory": 200, "checklist": 80, "booklet": 500}  # s, MiB, kB, kB


def main() -> None:
    """Print the figures as a table."""
    text = (ROOT / "tree/avhysning.yaml").read_text("utf-8")
    tree, _ = check(text)
    if tree is None:
        raise SystemExit(1)
    with tempfile.TemporaryDirectory() as folder:
        site = Site.of(tree, text)
        cold, made = _timed(lambda: pdf.typeset(papers(site, ADDRESS), tree.routine.revised_on, Path(folder)))
        warm, _ = _timed(lambda: pdf.typeset(papers(site, ADDRESS), tree.routine.revised_on, Path(folder)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    floor, _ = _timed(lambda: _typesetter_alone(site))
    booklet = len(made["checklista/haftet.pdf"])
    largest = max(len(content) for path, content in made.items() if not path.endswith("haftet.pdf"))
    print("| figure | measured | bar |")
    print("|---|---|---|")
    print(f"| all {len(made)} files, cold, CPU | {cold:.1f} s | {BARS['cpu']} s |")
    print(f"| against the typesetter alone | {cold / floor:.1f} × | |")
    print(f"| nothing changed, CPU | {warm:.2f} s | |")
    print(f"| memory at most | {memory:.0f} MiB | {BARS['memory']} MiB |")
    print(f"| largest checklist | {largest / 1000:.0f} kB | {BARS['checklist']} kB |")
    print(f"| booklet | {booklet / 1000:.0f} kB | {BARS['booklet']} kB |")


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    result = act()
    return time.process_time() - start, result


def _typesetter_alone(site: Site) -> None:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(pdf.FONTS)])
    compiler = typst.Compiler(
        input=str(pdf.TEMPLATES / "checklist.typ"), root=str(pdf.TEMPLATES), font_paths=fonts
    )
    for paper in papers(site, ADDRESS):
        compiler.compile(format="pdf", sys_inputs={"data": paper.data})


if __name__ == "__main__":
    main()
