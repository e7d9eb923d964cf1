"""What the generator costs beside the site engine, and how that grows with the tree.

The floor is the engine alone, building the very same pages. No PDF is set for the synthetic trees.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from benchmarks import synthetic
from benchmarks.frame import Cost, Row, cost
from generator.build.engine import ENVIRONMENT
from tests.conftest import ROOT, copy_project

SHARE = 0.2  # of the engine's own time
GROWTH = 1.3  # how much more than linear a step may grow
LEVELS = (5, 6, 7)  # of questions: 121, 364 and 1,093 nodes, nearly as many as are read
RUNS = 3  # of each synthetic tree
Point = dict[str, float]


def rows() -> tuple[list[Row], list[Point]]:
    """Return the real tree's figures, and those of synthetic trees with their points."""
    points = [least(level, RUNS) for level in LEVELS]
    return [*_real(), *_compared(points)], points


def _real() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        root = copy_project(Path(name) / "project")
        cost([sys.executable, "-m", "generator", "--root", str(root), "build"], ROOT)
        engine = _engine(root)
        steps, ours = _steps(root)
        pages = sum(1 for _ in (root / "site").rglob("*.html"))
    cold = sum(steps.values()) - steps["PDFs"]
    unchanged = sum(steps.values()) - steps["PDFs, cold"]
    without = sum(steps.values()) - steps["PDFs, cold"] - steps["PDFs"]
    each = ", ".join(f"{step} {seconds:.2f}" for step, seconds in steps.items())
    name = f"real tree, {pages} pages"
    return [
        _share(f"generator's share, {name}", without, engine.cpu),
        _share(f"generator's share with PDFs kept, {name}", unchanged, engine.cpu),
        _share(f"generator's share with all PDFs set anew, {name}", cold, engine.cpu, judged=False),
        Row(f"its steps, s: {each}", "", "", None, "", True),
        Row(
            f"check, {name}",
            f"{steps['start'] + steps['check']:.2f} s",
            f"start-up {steps['start']:.2f} s",
            None,
            "≤ 1 s",
            steps["start"] + steps["check"] <= 1,
        ),
        _memory(name, ours, engine),
    ]


def least(level: int, runs: int) -> Point:
    """Return the least of each figure in so many runs: what else the machine does can only add."""
    measured = [grown(level) for _ in range(runs)]
    return {figure: min(point[figure] for point in measured) for figure in measured[0]}


def grown(level: int) -> Point:
    """Return what a synthetic tree of so many levels costs: nodes, pages, CPU seconds and MiB."""
    with tempfile.TemporaryDirectory() as name:
        root = copy_project(Path(name) / "project")
        (root / "tree/avhysning.yaml").unlink()
        (root / "tree/synthetic.yaml").write_text(synthetic.of_levels(level), "utf-8")
        _leave_out_the_menu(root / "mkdocs.yml")
        steps, ours = _steps(root, "--pages")
        engine = _engine(root)
        last, _ = _steps(root, "--pages")
        pages = sum(1 for _ in (root / "site").rglob("*.html"))
    check, write = steps["check"], steps["versions"] + steps["pages"] + steps["write"]
    look = last["finish"] + last["verify"]
    return {
        "nodes": synthetic.number_of_nodes(level),
        "pages": pages,
        "check": check,
        "write": write,
        "finish and verify": look,
        "engine": engine.cpu,
        "memory": ours.memory,
        "engine memory": engine.memory,
    }


def _leave_out_the_menu(path: Path) -> None:
    """Let the menu name the start page alone, as the real one names a few; and nothing stop the build."""
    before = re.split(r"^nav:", path.read_text("utf-8"), flags=re.MULTILINE)[0]
    path.write_text(f"{before.replace('strict: true', '')}nav: [index.md]\nnot_in_nav: |\n  /*\n", "utf-8")


def _engine(root: Path) -> Cost:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(root / "site")]
    return cost(command, root, ENVIRONMENT)


def _steps(root: Path, *more: str) -> tuple[dict[str, float], Cost]:
    used = cost([sys.executable, "-m", "benchmarks.steps", str(root), *more], ROOT)
    steps: dict[str, float] = json.loads(used.output)
    return steps, used


def _share(name: str, ours: float, engine: float, *, judged: bool = True) -> Row:
    share = round(ours / engine, 2)
    bar = f"≤ {SHARE}" if judged else ""
    return Row(name, f"{ours:.2f} s", f"{engine:.2f} s", share, bar, share <= SHARE or not judged)


def _memory(name: str, ours: Cost, engine: Cost) -> Row:
    ratio = round(ours.memory / engine.memory, 2)
    return Row(f"memory, {name}", f"{ours.memory:.0f} MiB", f"{engine.memory:.0f} MiB", ratio, "", True)


def _compared(points: list[Point]) -> list[Row]:
    """Return how each step grew from one tree to the next, per page, and the share in the largest."""
    found = []
    for before, after in pairwise(points):
        times = after["nodes"] / before["nodes"]
        more = after["pages"] / before["pages"]
        for step, by in (("check", times), ("write", more), ("finish and verify", more), ("engine", more)):
            growth = after[step] / before[step] / by
            name = f"{step}, from {before['nodes']:,.0f} to {after['nodes']:,.0f} nodes"
            ok = growth <= GROWTH or step == "engine"
            bar = (
                f"≤ {GROWTH} × as much a {'node' if step == 'check' else 'page'}" if step != "engine" else ""
            )
            found.append(
                Row(name, f"{after[step]:.2f} s", f"{before[step]:.2f} s", round(growth, 2), bar, ok)
            )
    last = points[-1]
    name = f"{last['nodes']:,.0f} nodes, {last['pages']:,.0f} pages"
    ours = last["check"] + last["write"] + last["finish and verify"]
    found.append(_share(f"generator's share, {name}", ours, last["engine"]))
    ratio = round(last["memory"] / last["engine memory"], 2)
    memory = f"{last['memory']:.0f} MiB", f"{last['engine memory']:.0f} MiB"
    return [*found, Row(f"memory, {name}", *memory, ratio, "", True)]
