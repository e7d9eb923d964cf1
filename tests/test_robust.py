"""Whatever happens to a build, the last good site stays whole."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.swap import recover, swap
from tests import tiers
from tests.conftest import ROOT, TINY
from tests.tiers import few

STARVATION = ROOT / "tests" / "starvation"
Files = dict[str, bytes]


def project(to: Path) -> Path:
    """Make a small project: the tiny tree, the site's own files, and nothing generated."""
    shutil.copytree(ROOT / "site_overrides", to / "site_overrides")
    (to / "tree").mkdir()
    shutil.copy(TINY, to / "tree/rutin.yaml")
    (to / "content").mkdir()
    told = (ROOT / "mkdocs.yml").read_text("utf-8")
    told = re.sub(r"^(hooks|nav):.*?^(?=\w)", "", told + "\nx", flags=re.DOTALL | re.MULTILINE)
    told = re.sub(r"^not_in_nav:.*", "", told, flags=re.DOTALL | re.MULTILINE)
    for page in ("om-verktyget.md", "redigera/index.md"):  # the foot of each page leads there
        (to / "content" / page).parent.mkdir(exist_ok=True)
        (to / "content" / page).write_text("# Sida\n", "utf-8")
    (to / "mkdocs.yml").write_text(f"{told}\nnav: [index.md]\nnot_in_nav: /*\n", "utf-8")
    return to


def edit(root: Path) -> None:
    """Change the tree so that every page does."""
    tree = root / "tree/rutin.yaml"
    tree.write_text(tree.read_text("utf-8").replace("Stopp: inget", "Nytt stopp: inget"), "utf-8")


def start(
    root: Path, fault: str = "nothing 0 count", before: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    more = {"FAULT": fault, "FAULT_ROOT": str(root), "FAULT_LOG": str(root.parent / "log")}
    env = {**os.environ, **more, "PYTHONPATH": f"{STARVATION}:{ROOT}"}
    command = [sys.executable, "-m", "generator", "--root", str(root), "build"]
    return subprocess.Popen(
        command,
        cwd=root.parent,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=before,  # noqa: PLW1509, only sets a limit
    )


def build(
    root: Path, fault: str = "nothing 0 count", before: Callable[[], None] | None = None
) -> tuple[int, str]:
    """Build in a process of its own; return the exit code and what was said of what went wrong."""
    process = start(root, fault, before)
    _, said = process.communicate()
    return process.returncode, said


def changes(root: Path, program: str) -> int:
    """Return how many changes of files a program makes in a build."""
    assert build(root, f"{program} 0 count")[0] == 0
    return int((root.parent / "log").read_text())


def files(folder: Path) -> Files:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def spread(count: int, points: int) -> list[int]:
    """Return some numbers from 1 to ``count``, the first and the last ones among them."""
    return sorted({1 + round(n * (count - 1) / (points - 1)) for n in range(points)})


class Sites:
    """A project whose site is built from one tree while its tree already says another thing."""

    def __init__(self, folder: Path) -> None:
        self.root = project(folder / "old")
        assert build(self.root)[0] == 0
        self.old = files(self.root / "site")
        self.counts = {}
        for program in few(["mkdocs", "generator"], 1):
            other = Path(shutil.copytree(self.root, folder / program))
            edit(other)
            self.counts[program] = changes(other, program)
        self.new = files(other / "site")
        assert self.old != self.new
        edit(self.root)

    def copy(self, to: Path) -> Path:
        """Return a copy of the project to break."""
        shutil.rmtree(to, ignore_errors=True)
        return Path(shutil.copytree(self.root, to))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    return Sites(tmp_path_factory.mktemp("robust"))


@pytest.mark.full
@pytest.mark.parametrize("program", ["generator", "mkdocs"])
def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(
    sites: Sites, tmp_path: Path, program: str
) -> None:
    for at in few(spread(sites.counts[program], 7 if program == "generator" else 3), 3):
        root = sites.copy(tmp_path / "mine")
        code, _ = build(root, f"{program} {at} kill")
        assert code == -signal.SIGKILL, at
        recover(root / "site")  # as the next build begins
        assert files(root / "site") in (sites.old, sites.new), at
    assert build(root)[0] == 0
    assert files(root / "site") == sites.new
    left = {path.name for path in root.iterdir()}
    own = {".build.lock", ".mkdocs.yml", ".pdf_cache", "site"}
    assert left == own | {"content", "mkdocs.yml", "site_overrides", "tree"}


@pytest.mark.full
@pytest.mark.parametrize(
    ("program", "number", "told"),
    [
        ("generator", errno.ENOSPC, "Disken är full"),
        ("generator", errno.EACCES, "rätt att skriva"),
        ("mkdocs", errno.ENOSPC, "kunde inte byggas"),
    ],
)
def test_a_full_disk_or_a_forbidden_folder_is_told_and_hurts_nothing(
    sites: Sites, tmp_path: Path, program: str, number: int, told: str
) -> None:
    stopped = 0
    for at in spread(sites.counts[program], 5)[:4]:
        if stopped and not tiers.full():
            break
        root = sites.copy(tmp_path / "mine")
        code, said = build(root, f"{program} {at} {number}")
        if code == 0:  # it struck where something was cleared away that was no longer needed
            assert files(root / "site") == sites.new
            continue
        stopped += 1
        assert code == 2, said
        assert told in said
        assert "Traceback" not in said
        assert "fel i verktyget" not in said
        assert files(root / "site") == sites.old
    assert stopped
    assert build(root)[0] == 0
    assert files(root / "site") == sites.new


def test_a_file_that_may_not_grow_is_told(sites: Sites, tmp_path: Path) -> None:
    """A limit of the system's own, that really stops a write halfway."""
    root = sites.copy(tmp_path / "mine")
    code, said = build(root, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000)))
    assert code == 2
    assert "Traceback" not in said
    assert files(root / "site") == sites.old


def test_a_disk_that_is_really_full_hurts_nothing(sites: Sites, tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    size = (
        sum(map(len, sites.old.values())) + sum(map(len, files(sites.root / "content").values())) + 2_000_000
    )
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root can mount a small disk, and not everywhere; the other tests inject the error")
    try:
        root = Path(shutil.copytree(sites.root, place / "mine"))
        code, said = build(root)
        assert code == 2, said
        assert "Traceback" not in said
        assert files(root / "site") == sites.old
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.full
def test_two_builds_at_once_wait_for_each_other(sites: Sites, tmp_path: Path) -> None:
    root = sites.copy(tmp_path / "mine")
    both = [start(root), start(root)]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert (
        sum("Väntar på min tur" in text for text in said) <= 1
    )  # the first may be done before the second asks
    assert not [path for path in root.iterdir() if path.suffix in (".next", ".old")]
    assert files(root / "site") == sites.new


@pytest.mark.full
def test_a_site_that_is_a_link_to_elsewhere_is_built_there(sites: Sites, tmp_path: Path) -> None:
    root, elsewhere = sites.copy(tmp_path / "mine"), tmp_path / "elsewhere"
    (root / "site").rename(elsewhere)
    (root / "site").symlink_to(elsewhere)
    assert build(root)[0] == 0
    assert (root / "site").is_symlink()
    assert files(elsewhere) == sites.new
    assert {path.name for path in tmp_path.iterdir()} == {"mine", "elsewhere"}


def test_a_build_that_is_killed_between_the_two_renames_is_mended_by_the_next(
    sites: Sites, tmp_path: Path
) -> None:
    """Also by one of a tree with mistakes, which builds nothing itself."""
    root = sites.copy(tmp_path / "mine")
    code, _ = build(root, "generator site kill")
    assert code == -signal.SIGKILL
    assert not (root / "site").exists()
    (root / "tree/rutin.yaml").write_text("", "utf-8")
    assert build(root)[0] == 1
    assert files(root / "site") == sites.old
    assert not (root / "site.old").exists()


def test_a_swap_that_fails_leaves_the_place_as_it_was(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "nothing", site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
