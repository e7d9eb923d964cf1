"""What is known about Swedish: words with better ones, and what a rule about language needs to know."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

ADVISED_LANGUAGE = "sv"


@cache
def language() -> dict[str, Any]:
    """Return the language data as nested dictionaries; ``words.yaml`` says what they hold."""
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return loaded
