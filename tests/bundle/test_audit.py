"""The audit tells apart what is vulnerable, what is unknown and what was not asked about."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.bundle.audit import Audit, main
from tests.conftest import ROOT

SEGNO = {"name": "segno", "ecosystem": "PyPI"}
RECORDS = [
    {"id": "OSV-1", "affected": [{"package": SEGNO | {"name": "Segno"}, "versions": ["1.6.5", "1.6.6"]}]},
    {"id": "OSV-2", "affected": [{"package": SEGNO, "versions": ["1.6.5"]}]},
    {"id": "OSV-3", "withdrawn": "x", "affected": [{"package": SEGNO, "versions": ["1.6.6"]}]},
    {"id": "OSV-4", "affected": [{"package": SEGNO | {"name": "jinja2"}, "ranges": []}]},
]


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return locked(tmp_path, "segno==1.6.6")


def locked(folder: Path, *names: str) -> Path:
    file = folder / "lock.txt"
    file.write_text("".join(f"{name} \\\n    --hash=sha256:{'0' * 64}\n" for name in names), "utf-8")
    return file


def database(folder: Path) -> str:
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for record in RECORDS:
            archive.writestr(f"{record['id']}.json", json.dumps(record))
    return str(folder / "all.zip")


@pytest.mark.parametrize(
    ("names", "code", "told"),
    [
        (
            ["segno==1.6.6", "jinja2==3.1.6"],
            1,
            ["vulnerable: segno 1.6.6: OSV-1", "unknown: jinja2 3.1.6: OSV-4"],
        ),
        (["jinja2==3.1.6"], 3, ["unknown: jinja2 3.1.6: OSV-4 names no versions"]),
        (["segno==1.6.7"], 0, ["no known vulnerabilities"]),
    ],
)
def test_a_database_file_is_asked_instead_of_a_service(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], names: list[str], code: int, told: list[str]
) -> None:
    assert main(["--database", database(tmp_path), str(locked(tmp_path, *names))]) == code
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(told)
    assert all(line.startswith(start) for line, start in zip(lines, told, strict=True))


@pytest.mark.parametrize(
    "records", [{}, {"a.json": json.dumps(RECORDS[0]).replace("PyPI", "npm")}, {"a.json": "?"}]
)
def test_a_database_of_something_else_is_not_asked(
    lock: Path, capsys: pytest.CaptureFixture[str], records: dict[str, str]
) -> None:
    """Nothing is found in it, and that says nothing."""
    with zipfile.ZipFile(lock.with_name("other.zip"), "w") as archive:
        for name, text in records.items():
            archive.writestr(name, text)
    assert main(["--database", str(lock.with_name("other.zip")), str(lock)]) == 2
    assert capsys.readouterr().out.startswith("not asked: ")


def test_a_database_that_is_not_there_is_not_asked(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", "finns-inte.zip", str(lock)]) == 2
    assert capsys.readouterr().out.startswith("not asked: finns-inte.zip")


@pytest.mark.parametrize(
    ("found", "code", "told"),
    [
        ({"version": "1.6.6", "vulns": [{"id": "PYSEC-1"}]}, 1, "vulnerable: segno 1.6.6: PYSEC-1\n"),
        ({"skip_reason": "not found"}, 3, "unknown: segno: not found\n"),
        ({"version": "1.6.6"}, 2, "not asked: segno: no answer\n"),
        ({"version": "1.6.6", "vulns": []}, 0, "no known vulnerabilities\n"),
    ],
)
def test_what_a_service_answers_is_told(
    lock: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    found: dict[str, Any],
    code: int,
    told: str,
) -> None:
    answer = json.dumps({"dependencies": [{"name": "segno", **found}]})
    done = subprocess.CompletedProcess([], 0, stdout=answer, stderr="")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert main([str(lock)]) == code
    assert capsys.readouterr().out == told


def test_a_service_that_does_not_answer_was_not_asked(
    lock: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What asks is the real one, and takes what it is called with."""
    monkeypatch.setenv("NO_PROXY", "*")
    assert main(["-s=osv", "--osv-url=http://127.0.0.1:9/", str(lock)]) == 2
    said = capsys.readouterr().out
    assert said.startswith("not asked: lock.txt: ")
    assert "Connection refused" in said


def test_what_is_worst_counts() -> None:
    assert Audit(["a"], ["b"], ["c"]).code == 1
    assert Audit([], ["b"], ["c"]).code == 2
    assert Audit([], ["b"], []).code == 3


def test_both_lock_files_are_audited() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").split("\naudit:")[1].split("\n\n")[0]
    assert recipe.split()[-2:] == ["requirements.txt", "requirements-dev.txt"]
