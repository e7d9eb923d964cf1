"""The lock file: which packages in which versions, and what their files hash to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_ENTRY = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")
_HASH = re.compile(r"^\s+--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class LockedPackage:
    """A package in one version; ``marker`` says for which Python or system, if not for all."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def locked_packages(text: str) -> tuple[LockedPackage, ...]:
    """Return what a lock file names, in its order. Raises ValueError for a line that is neither."""
    found: list[tuple[str, str, str, list[str]]] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if entry := _ENTRY.match(line):
            found.append((normal(entry[1]), entry[2], entry[3] or "", []))
        elif (hashed := _HASH.match(line)) and found:
            found[-1][3].append(hashed[1])
        else:
            raise ValueError(line)
    return tuple(
        LockedPackage(name, version, marker, tuple(hashes)) for name, version, marker, hashes in found
    )


def built_with(packages: Iterable[LockedPackage], versions: Mapping[str, str]) -> tuple[LockedPackage, ...]:
    """Return the packages that are installed, each in the one version that is, by package → version."""
    return tuple(one for one in packages if versions.get(one.name) == one.version)


def normal(name: str) -> str:
    """Return a package's name as the index spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()
