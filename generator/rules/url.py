"""A link to a document is a web address or a mailto:, and the contact an e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.locale import t
from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, finding

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s<>\"']*)?")
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")

_MAIL_LINK = re.compile(f"mailto:{_MAIL.pattern}")
_LINK = re.compile(f"{_ADDRESS.pattern}|{_MAIL_LINK.pattern}")


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each document whose url is anything else, and a contact or a unit's address that is."""
    for mail in (tree.routine.contact, *(unit.email for unit in tree.units)):
        if mail and not _MAIL.fullmatch(mail):
            hint = _suggestion(_MAIL, mail.removeprefix("mailto:"))
            yield finding(mail.pos, "url", "mail", hint, found=mail)
    for document in tree.documents:
        if document.url and not _LINK.fullmatch(document.url):
            hint = _suggestion(_MAIL_LINK, f"mailto:{document.url}") or _suggestion(
                _ADDRESS, f"https://{document.url.split('://')[-1]}"
            )
            yield finding(document.url.pos, "url", "web", hint, found=document.url)


def _suggestion(form: re.Pattern[str], likely: str) -> str:
    return t("hints.did-you-mean", word=likely) if form.fullmatch(likely) and "." in likely else ""
