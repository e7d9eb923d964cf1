"""What an edit costs in the preview, until it is rendered.

The floor is the engine's own rebuild of the same pages, in the same warm process, right after each edit.
"""

from __future__ import annotations

import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from benchmarks.frame import Row
from generator.build import disk
from generator.build.memory import uncollected
from generator.build.warm_engine import WarmEngine
from generator.commands.serve import GeneratedPages
from tests.conftest import copy_project

BAR = 1.3  # times the engine's own rebuild
RUNS = 5
EDITS = {
    "an action's wording": ("skicka ett informationsbrev", "skicka ett vänligt informationsbrev"),
    "a question's text": ("text: Är det en barnfamilj?", "text: Är det en familj med barn?"),
}


def rows() -> list[Row]:
    """Return the cost of each edit, by the median of several that are made and taken back in turns."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name).resolve()
        root = copy_project(place / "project")
        tree = root / disk.trees(root)[0]
        pages = GeneratedPages(Namespace(root=root, tree=tree.relative_to(root)), place / "content")
        engine = WarmEngine(root, place, pages.folder, "http://127.0.0.1/")

        def show() -> None:
            with uncollected():
                pages.write()
                engine.build()

        show()
        found = []
        for edit, (old, new) in EDITS.items():
            text = tree.read_text("utf-8")
            if old not in text:
                raise SystemExit(f"the tree no longer says: {old}")
            runs = []
            for _ in range(RUNS):
                changed = text.replace(old, new) if tree.read_text("utf-8") == text else text
                tree.write_text(changed, "utf-8")
                runs.append((_cost(show), _cost(engine.rebuild)))
            cpu, floor = sorted(runs, key=lambda run: run[0] / run[1])[RUNS // 2]
            found.append(
                Row(
                    f"an edit of {edit}, CPU",
                    f"{cpu:.2f} s",
                    f"{floor:.2f} s",
                    round(cpu / floor, 2),
                    f"≤ {BAR}",
                    cpu / floor <= BAR,
                )
            )
        return found


def _cost(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start
