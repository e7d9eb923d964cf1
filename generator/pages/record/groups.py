"""The lines of the text for the record, in order: see ``record.py`` for what they are filled with."""

from __future__ import annotations

from typing import Any

from generator.locale import t

Data = dict[str, Any]
ALWAYS = ("",)
LEFT, LATER, OFF, DONE_OFF = ("=open",), ("=waiting",), ("=off",), ("=off-done",)
PAST = ("=past",)
DONE = ("=open-done", "=waiting-done", "=past-done")
ANYWHERE = (*PAST, *LEFT, *LATER, *DONE, *ALWAYS)
MOST_NAMED = 3


def groups(*, full: bool, at_gap: bool = False) -> list[Data]:
    """Return the groups of lines in order: what each begins with, and which texts of which kind it holds."""
    named = {"of": "steps", "key": "all" if full else "name", "list": full}
    due = {**named, "key": "all" if full else "due"}
    left = {"of": "steps", "key": "all"} if full else {"of": "left", "key": "task"}
    short = [
        {"word": "record.more", "of": "more", "key": "due", "is": LEFT},
        {"word": "record.rest", "of": "rest", "key": "due", "is": LEFT},
    ]
    groups: list[Data] = [
        *([{"of": "title"}] if full else []),
        {"of": "unanswered"},
        {"of": "came"},
        {"of": "facts"},
        {"of": "ways", "list": True},
        {"word": "record.happened", "of": "events"},
        {"word": "record.done", **named, "is": DONE},
        {"word": "record.done-off", **named, "is": DONE_OFF},
        {"word": "record.past", **due, "is": PAST},
        {"word": "record.left", **left, "is": LEFT, "list": True},
        *([] if full else short),
        {"of": "after"},
        {"of": "none"},
        {"word": "record.later", **due, "is": LATER},
        {"word": "record.off", **named, "is": OFF},
        *_unclear(full=full, at_gap=at_gap),
        {"word": "record.applies-too", "of": "frames" if full else "holds", "list": full},
        {"of": "routine"},
    ]
    begins = [t(str(group["word"])) if "word" in group else "" for group in groups]
    common = {"at": "at", "is": ALWAYS, "key": "text", "list": False}
    return [{**common, **group, "word": word} for group, word in zip(groups, begins, strict=True)]


def _unclear(*, full: bool, at_gap: bool) -> list[Data]:
    """Return what is unclear; in short, what ends the way or is at hand, and how much else there is."""
    begins = {"word": "record.unclear", "of": "gaps"}
    if full:
        return [{**begins, "is": ANYWHERE, "list": True}]
    named = {"list": True} if at_gap else {"is": (*LEFT, *ALWAYS), "key": "title", "most": MOST_NAMED}
    return [
        {**begins, **named, "at": "first"},
        {**begins, **named, "word": "record.unclear-done", "at": "done", "is": DONE},
        {"word": "record.more-unclear", "of": "gaps", "is": ANYWHERE, "key": ""},
    ]
