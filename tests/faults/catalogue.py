"""The seeded faults: small changes that somebody could make by mistake, and the tests that must see each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("faults.yaml")


@dataclass(frozen=True)
class Fault:
    """A text to replace in a file, what goes wrong by it, and the part of the suite that it concerns."""

    id: str
    what: str
    file: str
    old: str
    new: str
    seen_by: tuple[str, ...]

    def applied(self, text: str) -> str:
        """Return the file's text with the fault in it. Raises ValueError unless its place is found once."""
        if text.count(self.old) != 1:
            raise ValueError(f"{self.id}: its place stands {text.count(self.old)} times in {self.file}")
        return text.replace(self.old, self.new)


def faults() -> list[Fault]:
    """Return every fault of ``faults.yaml``, in its order."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    listed = yaml.load(FILE.read_text("utf-8"), loader)  # noqa: S506, both are safe
    return [Fault(**{**one, "seen_by": tuple(one["seen_by"])}) for one in listed]
