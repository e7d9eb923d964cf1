"""The preview waits for a file that is being saved, and knows at once where it cannot be served."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import disk, preview
from generator.cli import main
from tests.conftest import TINY


def saved_in_steps(monkeypatch: pytest.MonkeyPatch, steps: list[Callable[[], object]]) -> list[float]:
    """Take a step each time that the preview sleeps, on a clock of its own; gives the times it slept."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if steps:
            steps.pop(0)()

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(time, "monotonic", lambda: sum(slept))
    return slept


def test_it_waits_until_a_file_rests_and_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tmp_path / "tree.yaml"
    tree.write_text("a", "utf-8")
    steps: list[Callable[[], object]] = [
        tree.unlink,
        lambda: None,  # away for longer than a rest
        lambda: tree.write_text("", "utf-8"),
        lambda: None,
        lambda: tree.write_text("ab", "utf-8"),
        lambda: tree.write_text("abc", "utf-8"),
        lambda: None,
    ]
    saved_in_steps(monkeypatch, steps)
    preview.settle(lambda: disk.stamps([tmp_path]), lambda: disk.stamp(tree)[1] > 0)
    assert tree.read_text("utf-8") == "abc"
    assert steps == []


@pytest.mark.parametrize("there", [True, False])
def test_it_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    """For what is always changing, or gone for good; then the rest of the preview says what is wrong."""
    slept = saved_in_steps(monkeypatch, [])
    preview.settle(lambda: len(slept) if there else None, lambda: there)
    assert preview.PATIENCE <= sum(slept) < preview.PATIENCE + 2 * preview.REST


@pytest.mark.parametrize("listens", [True, False])
def test_an_address_that_cannot_be_used_is_said_before_anything_is_written(
    listens: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        address = taken if listens else "192.0.2.1:8000"  # which no machine has
        (tmp_path / "tree.yaml").write_bytes(TINY.read_bytes())
        options = ["--root", str(tmp_path), "--tree", "tree.yaml", "serve", "--address", address]
        assert main(options) == 1
    said = capsys.readouterr()
    told = f"använder redan {address}" if listens else f"Adressen {address} går inte att använda"
    assert told in said.err
    assert said.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["tree.yaml"]
    assert preview.obstacle(taken) is None
