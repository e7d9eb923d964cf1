"""What a command tells when it could not do its work."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818, it is told to people and is nobody's fault
    """Something could not be done; the message says why, in Swedish where it is ours."""
