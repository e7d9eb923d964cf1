"""The lines of the text for the record, in order: see ``record.py`` for what they are filled with."""

from __future__ import annotations

from typing import Any

from generator.locale import t

Data = dict[str, Any]
ALWAYS = ("",)
LEFT, LATER, OFF, DONE_OFF = ("=open",), ("=waiting",), ("=off",), ("=off-done",)
PAST = ("=past",)
DONE = ("=open-done", "=waiting-done", "=past-done")


def groups(*, full: bool, at_gap: bool = False) -> list[Data]:
    """Return the groups of lines in order: what each begins with, and which texts of which kind it holds."""
    in_full = full or at_gap
    named = {"of": "steps", "key": "all" if full else "name", "list": full}
    left = {"of": "steps", "key": "all"} if full else {"of": "left", "key": "task"}
    short = [
        {"word": "record.more", "of": "more", "key": "name", "is": LEFT},
        {"word": "record.rest", "of": "rest", "key": "", "is": LEFT},
    ]
    anywhere = (*PAST, *LEFT, *LATER, *ALWAYS)
    groups: list[Data] = [
        *([{"of": "page", "key": "title"}] if full else []),
        {"of": "unanswered"},
        {"of": "came"},
        {"of": "facts"},
        {"of": "ways", "list": True},
        {"word": "record.happened", "of": "events"},
        {"word": "record.done", **named, "is": DONE},
        {"word": "record.done-off", **named, "is": DONE_OFF},
        {"word": "record.past", **named, "is": PAST},
        {"word": "record.left", **left, "is": LEFT, "list": True},
        *([] if full else short),
        {"of": "none"},
        {"word": "record.later", **named, "is": LATER},
        {"word": "record.off", **named, "is": OFF},
        {
            "word": "record.unclear",
            "of": "stops",
            "is": anywhere,
            "key": "text" if in_full else "title",
            "list": in_full,
        },
        {
            "word": "record.more-unclear",
            "of": "others",
            "is": anywhere,
            "key": "text" if full else "",
            "list": full,
        },
        {"word": "record.applies-too", "of": "frames" if full else "holds", "list": full},
        {"of": "page", "key": "routine"},
    ]
    begins = [t(str(group["word"])) if "word" in group else "" for group in groups]
    common = {"is": ALWAYS, "key": "text", "list": False}
    return [{**common, **group, "word": word} for group, word in zip(groups, begins, strict=True)]
