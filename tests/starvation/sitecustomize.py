"""Faults on order: Python reads this when it starts, if its folder is on the path.

``FAULT`` names the program that it strikes (a word of its command line), which change of a file it strikes
at, counted from 1 or as the name that a rename gives, and how: ``generator 12 kill``, ``generator site kill``
or ``mkdocs 3 28``, an error number. ``count`` strikes at none and writes into ``FAULT_LOG`` how many changes
there were. Only those below ``FAULT_ROOT`` are counted.
"""

import atexit
import os
import signal
import sys
from pathlib import Path

_PROGRAM, _AT, _HOW = os.environ.get("FAULT", "nothing 0 count").split()
_ROOT = os.environ.get("FAULT_ROOT", "/nowhere")
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate"}
_seen = 0


def _strike(event: str, args: tuple[object, ...]) -> None:
    global _seen  # noqa: PLW0603, a hook has nowhere else to count
    if event == "open":
        flags = args[2]
        if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
    elif event not in _CHANGES:
        return
    if not str(args[0]).startswith(_ROOT):
        return
    _seen += 1
    made = Path(str(args[1])).name if event == "os.rename" else ""
    if _AT in (str(_seen), made):
        if _HOW == "kill":
            os.killpg(0, signal.SIGKILL)
        raise OSError(int(_HOW), os.strerror(int(_HOW)), str(args[0]))


def _log() -> None:
    Path(os.environ["FAULT_LOG"]).write_text(str(_seen))


if _PROGRAM in sys.orig_argv:
    sys.addaudithook(_strike)
    if _HOW == "count":
        atexit.register(_log)
