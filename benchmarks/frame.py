"""The shape of a figure, and what a command cost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """A figure, its floor, their ratio, and the bar that it has to keep, if there is one."""

    name: str
    measured: str
    floor: str
    ratio: float | None
    bar: str
    ok: bool


class Cost(NamedTuple):
    """CPU seconds of a process and its children, and the most memory that one of them had, in MiB."""

    cpu: float
    memory: float
    output: str


def cost(command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None) -> Cost:
    """Run a command and return what it cost. Raises RuntimeError with what it said if it fails."""
    with subprocess.Popen(
        command, cwd=folder, env={**os.environ, **(more or {})}, stdout=subprocess.PIPE, text=True
    ) as process:
        output = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {output}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output)
