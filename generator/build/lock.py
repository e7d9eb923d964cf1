"""Only one writes and builds in a project at a time; whoever comes next waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def alone(root: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the project at ``root``; call ``on_wait`` first if someone else does.

    Who holds it may take it again. A process that ends lets go of it, however it ends.
    """
    lock = FileLock((root / ".build.lock").resolve(), is_singleton=True)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
