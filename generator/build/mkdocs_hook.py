"""For a plain ``mkdocs build``: writes what is generated before the engine starts, once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def on_startup(**_: Any) -> None:
    """Check and write, unless the generator itself started the engine and already has."""
    if os.environ.get("RUTIN_WRITTEN"):
        return
    # Only now: the engine loads this file before the folder above is on its path.
    from generator.cli import main  # noqa: PLC0415

    if main(["--root", str(ROOT), "write"]) != 0:
        raise Abort("rutin")
