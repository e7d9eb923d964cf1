"""The generator's own steps, each timed alone, in a process of its own.

Run as ``python -m benchmarks.steps FOLDER``.
Prints a JSON object: step → CPU seconds. ``--pages`` leaves out paper.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from generator import history, source
from generator.checks import check
from generator.cli import uncollected
from generator.outputs import outputs
from generator.sinks import disk, engine, finish, pdf, verify, versions
from generator.views import introduction, practice
from generator.views.checklists import papers
from generator.views.portable import ASSETS
from generator.views.site import Site

T = TypeVar("T")


def main(root: Path, on_paper: bool) -> None:
    """Take every step of a build, but for the engine's own, in the project at ``root``."""
    times: dict[str, float] = {"start": time.process_time()}
    lift_limits()

    def timed(name: str, act: Callable[[], T]) -> T:
        start = time.process_time()
        result = act()
        times[name] = time.process_time() - start
        return result

    path = root / (disk.only_tree(root) or "")
    text = path.read_text("utf-8")
    tree, findings = timed("check", lambda: check(text))
    if tree is None or findings:
        raise SystemExit("\n".join(str(finding) for finding in findings[:5]))
    kept = versions.kept(path)
    revised = timed("versions", lambda: (list(history.problems(tree, kept)), history.history(tree, kept))[1])
    assets = disk.read_assets(root / "site_overrides" / "assets", ASSETS)
    made = timed("pages", lambda: outputs(tree, text, assets, None, revised))
    site = Site.of(tree, text)
    day = tree.routine.revised_on

    def sheets() -> dict[str, bytes]:
        told = [*papers(site, engine.address(root)), *introduction.papers(site), *practice.papers(site)]
        return pdf.typeset(told, day, root / ".pdf_cache", site.digest)

    if on_paper:
        shutil.rmtree(root / ".pdf_cache", ignore_errors=True)
        timed("paper, cold", sheets)
    pdfs = timed("paper", sheets) if on_paper else {}
    timed("write", lambda: disk.write({**made, **pdfs}, root / "content"))
    if (root / "site").exists():
        timed("finish", lambda: finish.finish(root / "site"))
        timed("verify", lambda: verify.problems(root / "site"))
    print(json.dumps(times))


def lift_limits() -> None:
    """Let the reader take a tree larger than any routine; its limits are for files gone wrong."""
    source.MAX_BYTES = 1_000_000_000
    source.MAX_PARTS = 1_000_000_000


if __name__ == "__main__":
    with uncollected():
        main(Path(sys.argv[1]), "--pages" not in sys.argv)
