"""The generator's own steps, each timed alone, in a process of its own.

Run as ``python -m benchmarks.steps FOLDER``.
Prints a JSON object: step → CPU seconds. ``--pages`` leaves out PDFs.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from generator.build import configuration, disk, postprocess, verify, versions
from generator.build.memory import uncollected
from generator.diff import history
from generator.navigator.single_file import ASSETS
from generator.outputs import outputs
from generator.pages.site import Site
from generator.printing import typesetter
from generator.printing.documents import printed_documents
from generator.rules import check

T = TypeVar("T")


def main(root: Path, with_pdfs: bool) -> None:
    """Take every step of a build, but for the engine's own, in the project at ``root``."""
    times: dict[str, float] = {"start": time.process_time()}

    def timed(name: str, act: Callable[[], T]) -> T:
        start = time.process_time()
        result = act()
        times[name] = time.process_time() - start
        return result

    path = root / disk.trees(root)[0]
    text = path.read_text("utf-8")
    tree, findings = timed("check", lambda: check(text))
    if tree is None or findings:
        raise SystemExit("\n".join(str(finding) for finding in findings[:5]))
    kept = versions.kept(path)
    revised = timed(
        "versions", lambda: (list(history.problems(tree, kept, text=text)), history.history(tree, kept))[1]
    )
    assets = disk.read_assets(root / "site_overrides" / "assets", ASSETS)
    made = timed("pages", lambda: outputs(tree, text, assets, None, revised))
    site = Site.of(tree, text)
    day = tree.routine.revised_on

    def pdfs_of() -> dict[str, bytes]:
        documents = printed_documents(site, configuration.address(root))
        return typesetter.typeset(documents, day, root / ".pdf_cache", site.digest)

    if with_pdfs:
        shutil.rmtree(root / ".pdf_cache", ignore_errors=True)
        timed("PDFs, cold", pdfs_of)
    pdfs = timed("PDFs", pdfs_of) if with_pdfs else {}
    timed("write", lambda: disk.write({**made, **pdfs}, root / "content"))
    if (root / "site").exists():
        timed("finish", lambda: postprocess.finish(root / "site"))
        timed("verify", lambda: verify.problems(root / "site"))
    print(json.dumps(times))


if __name__ == "__main__":
    with uncollected():
        main(Path(sys.argv[1]), "--pages" not in sys.argv)
