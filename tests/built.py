"""Sites that the tests look at, each built once for what it is made of, and kept below ``.cache/``.

Whoever is first builds; the others, in another worker or in a later run, wait for it or find it there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).parents[1]
SITES = ROOT / ".cache" / "sites"
PAPERS = ROOT / ".cache" / "papers"
MANY_SITES, MANY_PAPERS = 24, 1000


def built(project: Path, engine: str = "mkdocs") -> Path:
    """Return the folder of the project's site, which no test may write into."""
    name = f"{engine}-{_digest(project)}"
    site = SITES / name
    SITES.mkdir(parents=True, exist_ok=True)
    with FileLock(SITES / f"{name}.lock"):
        if site.is_dir():
            os.utime(site)
        else:
            print(f"\nbuilding a site with {engine} ...", file=sys.__stderr__, flush=True)
            give_papers(project)
            command = [sys.executable, "-m", "generator", "--root", str(project), "build", "--engine", engine]
            subprocess.run(command, cwd=ROOT, env=_as_installed(), check=True)
            keep_papers(project)
            aside = SITES / f"{name}.next"
            shutil.copytree(project / "site", aside, dirs_exist_ok=True)
            aside.rename(site)
            _forget(SITES, MANY_SITES)
    return site


def _as_installed() -> dict[str, str]:
    """Return an environment where what the site's lock leaves out cannot be imported."""
    from tests.bundle.dependencies import left_out  # it needs what conftest has, which needs this module

    absent = SITES / "absent"
    absent.mkdir(exist_ok=True)
    for module in left_out():
        (absent / f"{module}.py").write_text("raise ImportError", "utf-8")
    return {**os.environ, "PYTHONPATH": str(absent)}


def give_papers(project: Path) -> None:
    """Let a project find what was typeset for another, so that it is not typeset again."""
    PAPERS.mkdir(parents=True, exist_ok=True)
    _link(PAPERS, project / ".pdf_cache")


def keep_papers(project: Path) -> None:
    """Keep what was typeset for a project, for others."""
    with FileLock(PAPERS.with_suffix(".lock")):
        _link(project / ".pdf_cache", PAPERS)
        _forget(PAPERS, MANY_PAPERS)


def _link(source: Path, target: Path) -> None:
    """Put a folder's papers into another, too; none is ever written into, only replaced."""
    target.mkdir(parents=True, exist_ok=True)
    for paper in source.glob("*.pdf"):
        if not (target / paper.name).exists():
            try:
                os.link(paper, target / paper.name)
            except (FileExistsError, FileNotFoundError):
                pass  # another worker was first, or forgot it
            except OSError:
                shutil.copy(paper, target)  # on another disk


def _digest(project: Path) -> str:
    """Return a hash of all that decides what the site becomes."""
    found = sha256(sys.version.encode())
    for lock in sorted(ROOT.glob("requirements*")):
        found.update(lock.read_bytes())
    for path in _sources(project):
        found.update(f"\0{path.relative_to(project)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _sources(project: Path) -> Iterator[Path]:
    for path in sorted(project.rglob("*")):
        within = path.relative_to(project).parts
        if path.is_file() and "__pycache__" not in within and within[0] not in (".pdf_cache", "site"):
            yield path


def _forget(folder: Path, many: int) -> None:
    """Remove what was not used for longest. A lock stays: another may be waiting for it."""
    kept = [p for p in folder.iterdir() if p.suffix not in (".lock", ".next") and p.name != "absent"]
    for old in sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)[many:]:
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
