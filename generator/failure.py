"""What a command tells when it could not do its work."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818, often it is nobody's error
    """Something could not be done; the message says why, in the spoken language where it is ours."""
