"""The disk: reads the tree's text, writes what changed, clears away what is stale."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from generator.locale import t
from generator.model.position import Pos
from generator.reading.diagnostics import Diagnostic, finding
from generator.reading.yaml_nodes import MAX_BYTES, place_of, too_large

MANIFEST = ".generated.json"


@dataclass(frozen=True)
class Written:
    """What a write changed, as paths below the folder."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


def read_text(path: Path) -> tuple[str, list[Diagnostic]]:
    """Return a file's text, or an empty one and the diagnostic that says why it cannot be read.

    A letter and its dots are one sign, also where they come from a Mac as two.
    """
    try:
        if path.is_dir():
            return "", [finding(Pos(), "syntax", "not-a-file")]
        if path.exists() and not path.is_file():
            return "", [finding(Pos(), "syntax", "not-regular")]
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            return "", [too_large()]
        return normalize("NFC", content.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        return "", [finding(place_of(before, len(before)), "syntax", "encoding")]
    except FileNotFoundError:
        return "", [finding(Pos(), "syntax", "missing-file")]
    except PermissionError:
        return "", [finding(Pos(), "syntax", "not-allowed")]
    except OSError as error:
        return "", [finding(Pos(), "syntax", "no-access", reason=error.strerror or str(error))]


def describe_os_error(error: OSError) -> str:
    """Return what went wrong with the disk, where, and what to do about it."""
    full, forbidden = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), (errno.EACCES, errno.EPERM, errno.EROFS)
    key = (
        "disk.full" if error.errno in full else "disk.forbidden" if error.errno in forbidden else "disk.other"
    )
    place = error.filename2 or error.filename or "?"
    return t(key, path=place, reason=error.strerror or str(error))


def trees(root: Path) -> list[Path]:
    """Return the YAML files in the folder ``tree``, from the root: each is a routine."""
    return [path.relative_to(root) for path in sorted((root / "tree").glob("*.yaml"))]


def read_assets(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the text of the site's own scripts and styles. Raises OSError if one is missing."""
    return {name: (folder / name).read_text("utf-8") for name in names}


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return path below the folder → content of every file in it; nothing if there is no such folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def stamp(path: Path) -> tuple[int, int]:
    """Return what tells a changed file from an unchanged one."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)


def stamps(paths: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Return the stamp of each file among the paths and below them."""
    return {file: stamp(file) for path in paths for file in (path, *path.rglob("*"))}


def write(outputs: Mapping[str, str | bytes], folder: Path) -> Written:
    """Write outputs below the folder: only what changed, and remove what an earlier write left.

    Files are made ready in staging and moved in together, so that a site engine that watches
    the folder sees one change.
    """
    stale = sorted(generated(folder) - set(outputs))
    # The manifest names old and new files before either is touched, so a write that is cut short
    # still leaves nothing behind that the next one does not know of.
    save({MANIFEST: _manifest({*outputs, *stale})}, folder)
    changed = save(outputs, folder)
    for path in stale:
        _remove(folder / path, folder)
    save({MANIFEST: _manifest(set(outputs))}, folder)
    return Written(tuple(changed), tuple(stale))


def save(files: Mapping[str, str | bytes], folder: Path) -> list[str]:
    """Put files into a folder, those that differ, each whole or not at all, and return the paths of these.

    Everything else there is left alone.
    """
    staging = folder.with_name(f".{folder.name}.next")
    wanted = [path for path, content in files.items() if _differs(folder / path, content)]
    try:
        for path in wanted:
            (staging / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).write_bytes(_bytes(files[path]))
        for path in wanted:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(folder / path)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return wanted


def _manifest(paths: set[str]) -> str:
    return json.dumps(sorted(paths), indent=1, ensure_ascii=False) + "\n"


def generated(folder: Path) -> set[str]:
    """Return the paths below the folder that were written there, by its manifest."""
    try:
        listed = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return set()
    paths = listed if isinstance(listed, list) else []
    return {p for p in paths if isinstance(p, str) and _can_be_a_path(p)}


def _can_be_a_path(text: str) -> bool:
    return text.isprintable() and all(len(part.encode()) < 256 for part in text.split("/"))


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _differs(path: Path, content: str | bytes) -> bool:
    try:
        return path.read_bytes() != _bytes(content)
    except OSError:
        return True


def _remove(path: Path, root: Path) -> None:
    """Remove a file below the root, and its folder if nothing is left in it. Whatever else stays."""
    folder = path.parent.resolve()
    if not folder.is_relative_to(root.resolve()) or path.is_dir() or not path.exists():
        return
    path.unlink()
    if folder != root.resolve() and not any(folder.iterdir()):
        folder.rmdir()
