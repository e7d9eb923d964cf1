"""The preview waits for a file that is being saved."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import disk, preview


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
