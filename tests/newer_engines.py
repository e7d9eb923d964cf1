"""Try the engines that are newer than the locked ones, each on a copy, and report; nothing here is touched.

    python -m tests.newer_engines [PACKAGE==VERSION...]

An engine is installed into an environment of its own, onto what the tests have, and builds a copy.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.build.engine import ENGINES
from generator.bundle.lock_file import locked_packages
from generator.locale import t
from tests.conftest import ROOT, copy_project

PACKAGES = dict(zip(("mkdocs-material", "zensical"), ENGINES, strict=True))
HEAD = "| engine | installs | builds | passes the last look |\n|---|---|---|---|"
# What a build says of a site that the engine made, and in which the last look found something wrong.
FOUND_WRONG = t("cli.site-broken", problems="").strip()


class Tried(NamedTuple):
    """What came of one engine: yes, or what it said last; nothing of what it did not come to."""

    engine: str
    installs: str
    builds: str = ""
    passes: str = ""


def newer() -> list[str]:
    """Return the versions that the registry has and that are newer than the locked ones."""
    found = []
    for package in PACKAGES:
        done = _pip("index", "versions", package)
        listed = re.findall(r"^Available versions: (.*)$", done.stdout, re.MULTILINE)
        if not listed:
            raise SystemExit(f"The versions of {package} cannot be asked for: {_last(done)}")
        versions = sorted(listed[0].split(", "), key=_order)
        found += [f"{package}=={one}" for one in versions if _order(one) > _order(locked(package))]
    return found


def locked(package: str) -> str:
    """Return which version of a package is locked."""
    texts = [(ROOT / name).read_text("utf-8") for name in ("requirements.txt", "requirements-zensical.txt")]
    [version] = {one.version for text in texts for one in locked_packages(text) if one.name == package}
    return version


def _order(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def tried(engine: str, folder: Path) -> Tried:
    """Install an engine, given as ``package==version``, and build a copy of the project with it."""
    environment, python = folder / "env", folder / "env" / "bin" / "python"
    venv.create(environment, symlinks=True)
    [packages] = environment.glob("lib/python3*/site-packages")
    ours = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "ours.pth").write_text("\n".join(ours), "utf-8")
    done = _pip("--python", str(python), "install", "--quiet", engine)
    if done.returncode != 0:
        return Tried(engine, _last(done))
    name = PACKAGES[engine.partition("==")[0]]
    command = [str(python), "-m", "generator", "--root", str(copy_project(folder / "project"))]
    done = subprocess.run(
        [*command, "build", "--engine", name], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return Tried(engine, "yes", "yes", "yes")
    if FOUND_WRONG in done.stderr:
        return Tried(engine, "yes", "yes", done.stderr.partition(FOUND_WRONG)[2].strip().splitlines()[0])
    return Tried(engine, "yes", _last(done))


def _pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _last(done: subprocess.CompletedProcess[str]) -> str:
    said = (done.stderr.strip() or done.stdout.strip() or "nothing").splitlines()
    errors = [line for line in said if line.startswith("ERROR: ")]
    return (errors or said[-1:])[0].removeprefix("ERROR: ").replace("|", "/")


def report(engines: Sequence[str]) -> Iterator[str]:
    """Try each engine, and yield the lines of a table."""
    yield HEAD
    for engine in engines:
        with tempfile.TemporaryDirectory() as folder:
            yield f"| {' | '.join(tried(engine, Path(folder)))} |"


if __name__ == "__main__":
    chosen = sys.argv[1:] or newer()
    for line in report(chosen) if chosen else ["No engine is newer than the locked ones."]:
        print(line, flush=True)
