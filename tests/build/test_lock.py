"""Only one builds in a project at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.build.lock import alone
from tests.conftest import ROOT

OTHER = """
import sys
from pathlib import Path
from generator.build.lock import alone
with alone(Path(sys.argv[1]), lambda: print("waits", flush=True)):
    print("in", Path(sys.argv[1], "let-go").exists(), flush=True)
"""


def test_another_process_waits_until_the_first_lets_go(tmp_path: Path) -> None:
    with alone(tmp_path, lambda: None):
        other = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert other.stdout
        assert other.stdout.readline() == "waits\n"
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(2)
        (tmp_path / "let-go").touch()
    assert other.communicate()[0] == "in True\n"
    assert other.returncode == 0


def test_who_holds_it_may_take_it_again(tmp_path: Path) -> None:
    with alone(tmp_path, lambda: None), alone(tmp_path, lambda: None):
        pass
