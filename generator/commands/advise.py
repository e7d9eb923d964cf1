"""advise: what could be said more plainly. Advice, never failure."""

from __future__ import annotations

from argparse import Namespace

from generator.commands.load import load, shown
from generator.locale import t
from generator.readability.advice import advice, measures, unlinked
from generator.readability.words import ADVISED_LANGUAGE
from generator.reading.diagnostics import render

# LIX as it is usually read: below each limit, in these words.
SCALE = ((30, "very-easy"), (40, "easy"), (50, "medium"), (60, "hard"))


def advise(options: Namespace) -> int:
    """Print the advice, and how hard each kind of text is to read; 1 only if the tree has findings."""
    loaded = load(options, newest=2)
    if loaded is None:
        return 1
    given = advice(loaded.tree, loaded.text)
    if given:
        path = shown(options.root / options.tree)
        print(render(given, path, loaded.text, t("readability.advice")), end="\n\n")
    for document in unlinked(loaded.tree):
        print(t("readability.unlinked", title=document.title, line=document.pos.line))
    if loaded.tree.routine.language != ADVISED_LANGUAGE:
        print(t("readability.none-for-language"))
        return 0
    print(t("readability.count", count=len(given)))
    measured = {_name(kind): value for kind, value in measures(loaded.tree).items()}
    width = max(map(len, measured))
    for name, value in measured.items():
        print(f"  {name:<{width}} {value:3.0f}  {level(value)}")
    print(t("readability.scale"))
    return 0


def level(value: float) -> str:
    """Return in words how hard a LIX value is to read."""
    return t("readability.levels." + next((name for limit, name in SCALE if value < limit), "very-hard"))


def _name(kind: str) -> str:
    return (
        t("readability.whole")
        if not kind
        else t("readability.steps")
        if kind == "situations"
        else t(f"kinds.{kind}")
    )
