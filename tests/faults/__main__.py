"""``make test-faults``: seed each fault into a copy of the project, and demand that the fast suite sees it.

Prints a table: the fault, the test that saw it, and how long that took. Exits 1 if a fault went unseen.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import ROOT
from tests.faults.catalogue import Fault, faults

LONGEST = 900  # seconds that the tests of one fault may take
OPTIONS = ("-q", "-x", "-n", "0", "-p", "no:cacheprovider")
_SAW = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.M)


def main(patterns: list[str]) -> int:
    """Try the faults whose ids hold one of these texts, or all; return how many went unseen."""
    chosen = [fault for fault in faults() if not patterns or any(p in fault.id for p in patterns)]
    unseen = 0
    print("| fault | seen by | seconds |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder) / "project")
        for fault in chosen:
            began = time.monotonic()
            saw = seen_by(fault, copy)
            unseen += saw is None
            seconds = round(time.monotonic() - began)
            print(f"| {fault.what} | {saw or '**nobody**'} | {seconds} |", flush=True)
    print(f"\n{len(chosen) - unseen} of {len(chosen)} faults were seen.")
    return unseen


def copied(to: Path) -> Path:
    """Copy what git knows of or would take, and share the environment."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    (to / ".venv").symlink_to((ROOT / ".venv").resolve())
    subprocess.run(["git", "init", "--quiet"], cwd=to, check=True)  # what a clone ignores is asked of git
    return to


def seen_by(fault: Fault, project: Path) -> str | None:
    """Return the test that fails with the fault in the project, or None; the project is as before."""
    file = project / fault.file
    whole = file.read_text("utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        *fault.seen_by,
    ]
    try:
        file.write_text(fault.applied(whole), "utf-8")
        done = subprocess.run(
            command, cwd=project, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    finally:
        file.write_text(whole, "utf-8")
    found = _SAW.search(done.stdout)
    if done.returncode not in (0, 1) or (done.returncode == 1 and not found):
        raise RuntimeError(f"{fault.id}: the tests did not run\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return f"`{found[1]}`" if found else None


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
