"""The disk: reads the tree's text, writes what changed, clears away what is stale."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, Pos, finding

MANIFEST = ".generated.json"


@dataclass(frozen=True)
class Written:
    """What a write changed, as paths below the folder."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


def read_text(path: Path) -> tuple[str, list[Diagnostic]]:
    """Return a file's text, or an empty one and the diagnostic that says why it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        pos = Pos(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        return "", [finding(pos, "syntax", "encoding")]
    except FileNotFoundError:
        return "", [finding(Pos(), "syntax", "missing-file")]
    except IsADirectoryError:
        return "", [finding(Pos(), "syntax", "not-a-file")]
    except OSError as error:
        return "", [finding(Pos(), "syntax", "no-access", reason=error.strerror or str(error))]


def write(outputs: Mapping[str, str], folder: Path) -> Written:
    """Write outputs below the folder: only what changed, and remove what an earlier write left."""
    stale = sorted(_earlier(folder) - set(outputs))
    # The manifest names old and new files before either is touched, so a write that is cut short
    # still leaves nothing behind that the next one does not know of.
    _replace(folder / MANIFEST, _manifest({*outputs, *stale}))
    changed = [path for path, content in outputs.items() if _differs(folder / path, content)]
    for path in changed:
        _replace(folder / path, outputs[path])
    for path in stale:
        (folder / path).unlink(missing_ok=True)
        _remove_if_empty((folder / path).parent, folder)
    _replace(folder / MANIFEST, _manifest(set(outputs)))
    return Written(tuple(changed), tuple(stale))


def _manifest(paths: set[str]) -> str:
    return json.dumps(sorted(paths), indent=1, ensure_ascii=False) + "\n"


def _earlier(folder: Path) -> set[str]:
    try:
        listed = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return set()
    paths = listed if isinstance(listed, list) else []
    return {p for p in paths if isinstance(p, str) and not Path(p).is_absolute() and ".." not in p}


def _differs(path: Path, content: str) -> bool:
    try:
        return path.read_bytes() != content.encode()
    except OSError:
        return True


def _replace(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not _differs(path, content):
        return
    # Not ".md" at the end: a site engine that watches the folder must not take it for a page.
    aside = path.with_name(f".{path.name}.tmp")
    aside.write_bytes(content.encode())
    aside.replace(path)


def _remove_if_empty(folder: Path, root: Path) -> None:
    if folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
