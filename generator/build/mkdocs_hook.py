"""For a plain ``mkdocs build``: does once what the generator does before it starts the engine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

ROOT = Path(__file__).resolve().parents[2]
FITTED = ("site_name", "site_description", "nav", "extra", "theme", "mdx_configs")
sys.path.insert(0, str(ROOT))


def on_startup(**_: Any) -> None:
    """Check and write, unless the generator itself started the engine and already has."""
    # Only now: the engine loads this file before the folder above is on its path.
    from generator.cli import main  # noqa: PLC0415

    if _is_plain() and main(["--root", str(ROOT), "write"]) != 0:
        raise Abort("rutin")


def on_config(config: MkDocsConfig) -> None:
    """Take what was fitted to the routine."""
    from generator.build import configuration  # noqa: PLC0415

    if _is_plain():
        fitted = load_config(str(ROOT / configuration.FITTED))
        for name in FITTED:
            config[name] = fitted[name]


def _is_plain() -> bool:
    return not os.environ.get("RUTIN_WRITTEN")
