"""What stands in a single text: a number, yes or no, a citation; and what was meant by one that is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from generator.locale import t
from generator.model import Citation, Text
from generator.model.position import Pos

# Nobody writes more, and each number in it may stand for hundreds of paragraphs.
MAX_CITATION = 200
CITATION = "([^/\\s]+)/([0-9]{1,3}([-,][0-9]{1,3})*)"


# As people write it: "3-syfte, stycke 4–5" or "syfte: 4". A word and a number alone could be anything.
_LOOSE_CITATION = re.compile(r"(\S+?)(?:\s*[/:,]\s*(?:[^\W\d]+\.?\s*)?|\s+[^\W\d]+\.?\s*)([0-9][0-9,\s–-]*)")


def _citation(text: str, pos: Pos) -> Citation | None:
    found = re.fullmatch(CITATION, text)
    if not found or len(text) > MAX_CITATION:
        return None
    numbers: list[int] = []
    for part in found[2].split(","):
        first, *last = map(int, part.split("-"))
        if len(last) > 1 or (last and last[0] <= first):
            return None
        numbers.extend(range(first, (last[0] if last else first) + 1))
    return Citation(Text(found[1], pos), tuple(numbers), pos)


SCALARS: Mapping[Any, Callable[[str, Pos], Any]] = {
    Text: lambda text, pos: Text(text.strip(), pos),
    int: lambda text, _: int(text) if re.fullmatch("[0-9]{1,3}", text) else None,
    bool: lambda text, _: {"true": True, "false": False}.get(text),
    Citation: _citation,
}


def nearly(wanted: Any, text: str) -> str:
    """Return the hint with what was most likely meant, or an empty string."""
    if wanted is bool:
        said = {"true": t("hints.yes"), "false": t("hints.no")}
        meant = next((value for value, words in said.items() if text.lower() in words.split()), "")
    elif wanted is int:
        digits = re.findall("[0-9]+", text)
        meant = digits[0] if len(digits) == 1 and len(digits[0]) < 4 else ""
    else:
        parts = _LOOSE_CITATION.fullmatch(text[:MAX_CITATION])
        numbers = re.sub("([0-9]+)[-–]([0-9]+)", _in_order, "".join(parts[2].split())) if parts else ""
        meant = f"{parts[1]}/{numbers}" if parts else ""
        meant = meant if _citation(meant, Pos()) else ""
    return t("hints.did-you-mean", word=meant) if meant else ""


def _in_order(pair: re.Match[str]) -> str:
    low, high = sorted(map(int, pair.groups()))
    return f"{low}-{high}" if low < high else str(low)
