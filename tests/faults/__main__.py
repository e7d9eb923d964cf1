"""``make test-faults``: seed each fault into a copy of the project, and demand that the fast suite sees it.

Prints a table: the fault, the test that saw it, what that said, and how long it took. Exits 1 if a fault went
unseen. A test that fails without the fault, too, has seen nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from tests.built import PAPERS
from tests.conftest import ROOT
from tests.faults.catalogue import Fault, faults

LONGEST = 900  # seconds that the tests of one fault may take
PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?)(?:\[.*?\])?(?: - (.*))?$", re.M)


def main(patterns: list[str]) -> int:
    """Try the faults whose ids hold one of these texts, or all; return how many went unseen."""
    chosen = [fault for fault in faults() if not patterns or any(p in fault.id for p in patterns)]
    unseen = 0
    print("| fault | seen by | as | seconds |\n|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder) / "project")
        for fault in chosen:
            began = time.monotonic()
            saw, told = seen_by(fault, copy)
            seconds = round(time.monotonic() - began)
            if saw and fails(copy, saw):
                saw, told = "", f"{saw} fails without it, too"
            unseen += not saw
            who = f"`{saw}`" if saw else "**nobody**"
            print(f"| {fault.what} | {who} | {told} | {seconds} |", flush=True)
    print(f"\n{len(chosen) - unseen} of {len(chosen)} faults were seen.")
    return unseen


def copied(to: Path) -> Path:
    """Copy what git knows of or would take, and share the environment and what is typeset already."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    (to / ".venv").symlink_to((ROOT / ".venv").resolve())
    if PAPERS.is_dir():
        shutil.copytree(PAPERS, to / PAPERS.relative_to(ROOT))
    subprocess.run(["git", "init", "--quiet"], cwd=to, check=True)  # what a clone ignores is asked of git
    return to


def seen_by(fault: Fault, project: Path) -> tuple[str, str]:
    """Return the test that fails with the fault in the project and what it says, or nothing.

    The project is as before.
    """
    file = project / fault.file
    whole = file.read_text("utf-8")
    try:
        file.write_text(fault.applied(whole), "utf-8")
        return failing(project, *fault.seen_by)
    finally:
        file.write_text(whole, "utf-8")


@cache
def fails(project: Path, test: str) -> bool:
    """Tell whether a test fails in the project as it is, so that its failure says nothing of a fault."""
    return bool(failing(project, test)[0])


def failing(project: Path, *tests: str) -> tuple[str, str]:
    """Return the first of these tests that fails, without its parameters, and what it says; or nothing."""
    env = {**os.environ, "COLUMNS": "240"}  # so that the summary says something
    try:
        done = subprocess.run(
            [*PYTEST, *tests],
            cwd=project,
            env=env,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "", "took too long"
    found = _FAILED.search(done.stdout)
    if done.returncode not in (0, 1) or (done.returncode == 1 and not found):
        raise RuntimeError(
            f"the tests did not run ({done.returncode}): {tests}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return (found[1], (found[2] or "")[:80].replace("|", "\\|")) if found else ("", "")


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
