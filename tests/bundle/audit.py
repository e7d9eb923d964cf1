"""``make audit``: known vulnerabilities in what is locked, and what nobody could say anything of.

Exits 0 when all was asked about and nothing is known, 1 for vulnerabilities, 2 when the service does not
answer, and 3 when it answers but does not know a package. With ``--database`` a file is asked instead:
the zip of OSV's records of PyPI, fetched on a machine that may.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.bundle.lock_file import LockedPackage, locked_packages, normal

PIP_AUDIT = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")


@dataclass
class Audit:
    """What came of it, one line each: vulnerable, unknown to those who were asked, and not asked at all."""

    vulnerable: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    not_asked: list[str] = field(default_factory=list)

    @property
    def code(self) -> int:
        """The exit code; what is worst counts."""
        return 1 if self.vulnerable else 2 if self.not_asked else 3 if self.unknown else 0

    def told(self) -> str:
        """Return what to print."""
        parts = (("vulnerable", self.vulnerable), ("unknown", self.unknown), ("not asked", self.not_asked))
        lines = [f"{word}: {line}" for word, found in parts for line in dict.fromkeys(found)]
        return "\n".join(lines or ["no known vulnerabilities"])


def ask(lock: Path, arguments: Iterable[str], into: Audit) -> None:
    """Ask a service about a lock file."""
    command = [sys.executable, "-m", "pip_audit", *PIP_AUDIT, *arguments, "-r", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        answers = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        why = (done.stderr.strip() or "no answer").splitlines()[-1]
        into.not_asked.append(f"{lock.name}: {why}")
        return
    for one in answers:
        if "skip_reason" in one:
            into.unknown.append(f"{one['name']}: {one['skip_reason']}")
        elif "vulns" not in one:
            into.not_asked.append(f"{one['name']}: no answer")
        ids = [found["id"] for found in one.get("vulns", ())]
        into.vulnerable += [f"{one['name']} {one['version']}: {name}" for name in ids]


def look_up(packages: Iterable[LockedPackage], records: Iterable[Mapping[str, Any]], into: Audit) -> None:
    """Look packages up among the records of a database file."""
    locked: dict[str, list[str]] = {}
    for one in packages:
        locked.setdefault(one.name, []).append(one.version)
    known = False
    for record in records:
        ours = [
            one for one in record.get("affected", ()) if one.get("package", {}).get("ecosystem") == "PyPI"
        ]
        known = known or bool(ours)
        for affected in ours if not record.get("withdrawn") else ():
            name = normal(affected["package"]["name"])
            for version in locked.get(name, ()):
                if version in affected.get("versions", ()):
                    into.vulnerable.append(f"{name} {version}: {record['id']}")
                elif not affected.get("versions"):
                    into.unknown.append(f"{name} {version}: {record['id']} names no versions")
    if not known:
        into.not_asked.append("the database has nothing on PyPI")


def records_of(database: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the records of a database file."""
    with zipfile.ZipFile(database) as archive:
        for name in archive.namelist():
            yield json.loads(archive.read(name))


def main(arguments: list[str]) -> int:
    """Audit the lock files, and return the exit code."""
    parser = argparse.ArgumentParser(prog="audit")
    parser.add_argument("--database", type=Path)
    parser.add_argument("locks", nargs="+", type=Path)
    options, others = parser.parse_known_args(arguments)
    found = Audit()
    if options.database:
        packages = [one for lock in options.locks for one in locked_packages(lock.read_text("utf-8"))]
        try:
            look_up(packages, records_of(options.database), found)
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            found.not_asked.append(f"{options.database}: {error}")
    else:
        for lock in options.locks:
            ask(lock, others, found)
    print(found.told())
    return found.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
