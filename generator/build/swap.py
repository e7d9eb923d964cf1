"""A folder takes another's place in one step, so that at no moment there is none."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are read from the working folder
_EXCHANGE = 2  # RENAME_EXCHANGE


def swap(new: Path, place: Path) -> None:
    """Put the folder ``new`` into a place, and remove what stood there.

    Raises OSError and leaves the place as it was.
    """
    if not place.exists():
        new.rename(place)
    elif _exchange(new, place):
        shutil.rmtree(new, ignore_errors=True)
    else:
        _in_two_steps(new, place)


def recover(place: Path) -> None:
    """Put back what a swap that was cut short had moved away, and clear what it left."""
    old = _old(place)
    if old.exists() and not place.exists():
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places, or return False where the system or the file system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _in_two_steps(new: Path, place: Path) -> None:
    old = _old(place)
    shutil.rmtree(old, ignore_errors=True)
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _old(place: Path) -> Path:
    return place.with_name(f"{place.name}.old")
