"""The preview: the site engine serves, and every good edit of the tree is written for it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from generator.sinks.engine import environment

INTERVAL = 0.2  # seconds between looks at the tree; polling also works on network shares


def serve(root: Path, tree: Path, address: str, on_change: Callable[[], None]) -> int:
    """Serve the site below ``root`` until interrupted; call ``on_change`` when the tree changes.

    Returns the engine's exit code, or 0 when it was asked to stop.
    """
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address, "--quiet"]
    signal.signal(signal.SIGTERM, _interrupt)
    engine = subprocess.Popen(command, cwd=root, env=environment())
    seen = _stamp(tree)
    try:
        while engine.poll() is None:
            time.sleep(INTERVAL)
            if (now := _stamp(tree)) != seen:
                seen = now
                on_change()
        return engine.returncode
    except KeyboardInterrupt:
        return 0
    finally:
        engine.terminate()
        engine.wait()


def is_free(address: str) -> bool:
    """Tell whether nothing listens at ``host:port`` yet."""
    host, _, port = address.rpartition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) != 0


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)
