"""What installs: the environment knows what it was made of, and what is missing is told in one sentence."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

VERSION = sys.version.split()[0]


def wheel(folder: Path) -> str:
    """Write a package of one line; return a lock file's line for it."""
    made = folder / "thing-1-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("thing.py", "it = 1\n")
        packed.writestr("thing-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: thing\nVersion: 1\n")
        packed.writestr("thing-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        packed.writestr("thing-1.dist-info/RECORD", "")
    return f"thing @ {made.as_uri()} --hash=sha256:{hashlib.sha256(made.read_bytes()).hexdigest()}\n"


def install(
    *arguments: object, python: str = sys.executable, **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "install"), python, *map(str, arguments)]
    env = {**os.environ, **environment}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)


def script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def another_lock(environment: Path, lock: Path) -> None:
    assert (environment / "installed").read_text("utf-8") == lock.read_text("utf-8")
    lock.write_text("another", "utf-8")


def another_python(environment: Path, lock: Path) -> None:
    mark = environment / f".{lock.name}"
    mark.write_text(mark.read_text("utf-8").replace(VERSION, "3.10.1", 1), "utf-8")


def no_python(environment: Path, _: Path) -> None:
    (environment / "bin/python").unlink()
    (environment / "bin/python").symlink_to("/removed/python3")


def failed(environment: Path, lock: Path) -> None:
    right = lock.read_text("utf-8")
    lock.write_text("wrong", "utf-8")
    done = install(environment, lock, python=str(lock.with_name("quick")))
    assert done.returncode != 0
    assert "no such hash" in done.stderr
    lock.write_text(right, "utf-8")


def never_whole(environment: Path, _: Path) -> None:
    shutil.rmtree(environment)  # as it is left where python3-venv is missing
    (environment / "bin").mkdir(parents=True)
    (environment / "bin/python").symlink_to(sys.executable)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path, str]:
    """An environment, the lock file that it is made of, and a Python whose venv and pip take no time."""
    quick = script(
        tmp_path / "quick",
        f"""case "$*" in
            "-m venv "*) for folder; do :; done; mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python" ;;
            "-m pip "*" install "*) for lock; do :; done; cp "$lock" "$(dirname "$0")/../installed"
                if grep -q wrong "$lock"; then echo no such hash; exit 1; fi ;;
            "-m "*) ;;
            *) exec {sys.executable} "$@" ;;
        esac""",
    )
    environment, lock = tmp_path / "env", tmp_path / "lock.txt"
    lock.write_text("one", "utf-8")
    assert install(environment, lock, python=quick).returncode == 0
    return environment, lock, quick


def test_what_is_there_is_kept_without_a_word(made: tuple[Path, Path, str]) -> None:
    environment, lock, python = made
    (environment / "kept").touch()
    done = install(environment, lock, python=python)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (environment / "kept").exists()


@pytest.mark.parametrize("spoilt", [another_lock, another_python, no_python, failed, never_whole])
def test_what_is_outdated_or_broken_is_made_anew(
    made: tuple[Path, Path, str], spoilt: Callable[[Path, Path], None]
) -> None:
    environment, lock, python = made
    spoilt(environment, lock)
    (environment / "left").touch()
    assert install(environment, lock, python=python).returncode == 0
    assert (environment / "installed").read_text("utf-8") == lock.read_text("utf-8")
    assert not (environment / "left").exists()


def test_more_is_put_onto_what_is_there(made: tuple[Path, Path, str]) -> None:
    environment, lock, python = made
    (environment / "kept").touch()
    more = lock.with_name("more.txt")
    more.write_text("more", "utf-8")
    assert install(environment, more, lock, python=python).returncode == 0
    assert (environment / "kept").exists()
    assert install(environment, lock, python=python).stdout == ""
    assert install(environment, more, lock, python=python).stdout == ""


def test_what_a_lock_names_is_installed_and_nothing_else(tmp_path: Path) -> None:
    environment, lock = tmp_path / "env", tmp_path / "lock.txt"
    lock.write_text(wheel(tmp_path), "utf-8")
    assert install(environment, lock).returncode == 0
    (packages,) = environment.glob("lib/*/site-packages")
    assert {path.name for path in packages.iterdir()} - {"__pycache__"} == {"thing.py", "thing-1.dist-info"}


def test_an_old_python_is_told_before_anything_is_made(tmp_path: Path) -> None:
    old = script(
        tmp_path / "python3.10",
        f"""exec {sys.executable} -c 'import sys
sys.version, sys.version_info = "3.10.12 (main)", (3, 10, 12)
exec(sys.argv[1])' "$2" """,
    )
    done = install(tmp_path / "env", tmp_path / "lock.txt", python=old)
    assert done.returncode == 1
    assert re.fullmatch(r".*3\.11 or later.* is 3\.10\.12.*\n", done.stderr)
    assert not (tmp_path / "env").exists()
    assert "is not there" in install(tmp_path / "env", python="python3.99").stderr


def test_a_missing_venv_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "ensurepip.py").write_text("raise ImportError", "utf-8")
    (tmp_path / "lock.txt").touch()
    done = install(tmp_path / "env", tmp_path / "lock.txt", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert re.fullmatch(r".*python3-venv.*\n", done.stderr)
    assert not (tmp_path / "env").exists()


def test_a_missing_network_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text(f"thing==1 --hash=sha256:{'0' * 64}\n", "utf-8")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1", "PIP_CONFIG_FILE": os.devnull}
    done = install(tmp_path / "env", tmp_path / "lock.txt", **nowhere)
    assert done.returncode == 1
    assert re.fullmatch(r"The packages cannot be fetched: .*\n", done.stderr)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A PATH with a few tools and no browser, for someone without root's rights."""
    for tool in ("sh", "env", "grep", "ls", "true"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    script(tmp_path / "id", "echo 1000")
    script(tmp_path / "apt-get", 'echo "$@" >> "$HOME/asked"')
    return tmp_path


def install_browser(path: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": str(path), "HOME": str(path)}
    command = [str(ROOT / "tests/install-browser"), sys.executable, "first"]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=20)


def test_without_root_the_tests_tell_at_once_what_to_install(bare: Path) -> None:
    script(bare / "sudo", '[ "$1" = -n ] || sleep 60; exit 1')  # where a password is asked for
    done = install_browser(bare)
    assert done.returncode == 1
    assert re.fullmatch(r".*: sudo apt-get install --no-install-recommends .*chromium.*\n", done.stderr)
    assert not (bare / "asked").exists()


def test_the_other_browsers_of_the_full_tier_are_told_too(bare: Path) -> None:
    script(bare / "sudo", "exit 1")
    command = [str(ROOT / "tests/install-browser"), sys.executable, "others"]
    env = {"PATH": str(bare), "HOME": str(bare)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=20)
    assert done.returncode == 1
    assert re.fullmatch(r".*: sudo apt-get install .*webkit2gtk-driver.*xvfb.*\n", done.stderr)


def test_a_browser_is_installed_alone_and_waits_for_its_turn(bare: Path) -> None:
    script(bare / "sudo", '[ "$1" = -n ] || sleep 60; shift; exec "$@"')
    script(
        bare / "apt-get",
        """echo "$@" >> "$HOME/asked"
        case "$*" in
            *update) ls "$HOME/held" || { : > "$HOME/held"; exit 100; }; : > "$HOME/new" ;;
            *) ls "$HOME/new" ;;
        esac""",
    )
    script(bare / "sleep", "")
    assert install_browser(bare).returncode == 0
    asked = (bare / "asked").read_text("utf-8").splitlines()
    assert [("update" in line, "--no-install-recommends" in line) for line in asked] == [
        (True, False),  # the lists are held by another
        (False, True),  # as they are
        (True, False),
        (False, True),
    ]
    assert all("DPkg::Lock::Timeout=" in line for line in asked)


def test_an_installed_browser_without_windows_is_enough(bare: Path) -> None:
    script(bare / "chromium-headless-shell", "")
    script(bare / "python", "")
    command = [str(ROOT / "tests/install-browser"), str(bare / "python"), "first"]
    env = {"PATH": str(bare), "HOME": str(bare)}
    assert subprocess.run(command, env=env, check=False, timeout=20).returncode == 0
    assert not (bare / "asked").exists()


@pytest.mark.parametrize("root", [False, True])
def test_another_browser_does_where_that_one_cannot_be_installed(bare: Path, root: bool) -> None:
    script(bare / "sudo", "shift; exec" + (' "$@"' if root else " false"))
    script(bare / "apt-get", 'case "$*" in *update) ;; *) exit 100 ;; esac')
    script(bare / "python", "")
    command = [str(ROOT / "tests/install-browser"), str(bare / "python"), "first"]
    env = {"PATH": str(bare), "HOME": str(bare)}
    assert subprocess.run(command, env=env, check=False, timeout=20).returncode != 0
    script(bare / "chromium", "")
    assert subprocess.run(command, env=env, check=False, timeout=20).returncode == 0


def test_what_new_machines_try_exists() -> None:
    tried = re.findall(r"(tests/[\w/]+\.py)::(\w+)", (ROOT / "tests/fresh").read_text("utf-8"))
    assert tried
    for file, name in tried:
        assert f"def {name}(" in (ROOT / file).read_text("utf-8")
