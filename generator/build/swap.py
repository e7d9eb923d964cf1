"""A folder takes another's place by two renames; the next build mends what a kill between them leaves."""

from __future__ import annotations

import shutil
from pathlib import Path


def swap(new: Path, place: Path) -> None:
    """Put the folder ``new`` into a place, and remove what stood there.

    Raises OSError and leaves the place as it was.
    """
    old = _old(place)
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    finally:
        recover(place)


def recover(place: Path) -> None:
    """Put back what a swap that was cut short had moved away, and clear what it left."""
    old = _old(place)
    if old.exists() and not place.exists():
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _old(place: Path) -> Path:
    return place.with_name(f"{place.name}.old")
