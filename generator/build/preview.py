"""The preview: the site engine serves, and every good edit of the tree is written for it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from generator.build.engine import environment

INTERVAL = 0.2  # seconds between looks at the tree; polling also works on network shares

Stamp = tuple[int, int]


@dataclass
class Watched:
    """A file, how it looked when it was last read, and what to do when it looks different."""

    path: Path
    seen: Stamp
    on_change: Callable[[], None]

    def look(self) -> None:
        """Call ``on_change`` if the file has changed since the last look."""
        now = stamp(self.path)
        if now != self.seen:
            self.seen = now
            self.on_change()


def serve(root: Path, watched: Watched, address: str, on_ready: Callable[[], None]) -> int:
    """Serve the site below ``root`` until interrupted; call ``on_ready`` once it answers.

    Returns the engine's exit code, or 0 when it was asked to stop.
    """
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address, "--quiet"]
    signal.signal(signal.SIGTERM, _interrupt)
    engine = subprocess.Popen(command, cwd=root, env=environment())
    ready = False
    try:
        while engine.poll() is None:
            time.sleep(INTERVAL)
            if not ready and not is_free(address):
                ready = True
                on_ready()
            watched.look()
        return engine.returncode
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(engine)


def stamp(path: Path) -> Stamp:
    """Return what tells a changed file from an unchanged one."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)


def is_address(address: str) -> bool:
    """Tell whether the text is ``host:port``."""
    found = re.fullmatch(r"[A-Za-z0-9.-]+:([0-9]{1,5})", address)
    return found is not None and 0 < int(found[1]) < 65536


def is_free(address: str) -> bool:
    """Tell whether nothing listens at ``host:port`` yet."""
    host, _, port = address.rpartition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) != 0


def _stop(engine: subprocess.Popen[bytes]) -> None:
    engine.terminate()
    try:
        engine.wait(5)
    except subprocess.TimeoutExpired:
        engine.kill()
        engine.wait()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
