"""What the bundle holds: the site, how to use it, whose work is in it, and sums over every file."""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

from generator.bundle.bill_of_materials import bill_of_materials
from generator.bundle.licences import in_packages, notice, of_packages, shipped
from generator.bundle.lock_file import LockedPackage
from generator.locale import t
from generator.model import Tree

SUMS = "SHA256SUMS"
BILL_OF_MATERIALS = "sbom.cdx.json"
_LANGUAGES = "assets/javascripts/lunr/"


class About(NamedTuple):
    """What is packed: what it is called, its version, and the ISO day that it is dated by."""

    title: str
    version: str
    day: str

    @property
    def name(self) -> str:
        """What the bundle and its one folder are called."""
        return slug(f"{self.title}-{self.version}")


def of_routine(tree: Tree) -> About:
    """Return what is packed of one routine."""
    return About(str(tree.routine.short_title), str(tree.routine.version), str(tree.routine.revised_on))


def slug(text: str) -> str:
    """Return a text as a name that every file system and every command line takes."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+", "-", ascii_only).strip("-.")


def contents(
    about: About,
    site: Mapping[str, bytes],
    deploy: Mapping[str, bytes],
    tools: Sequence[LockedPackage],
    engine: str = "mkdocs",
) -> dict[str, bytes]:
    """Return path → content of everything in the bundle's folder.

    ``site`` is what was built, ``deploy`` what a web server needs, ``tools`` the packages that built it.
    """
    files = {f"site/{path}": content for path, content in _used(site).items()}
    files |= {f"deploy/{path}": content for path, content in deploy.items()}
    files |= {f"LICENSES/{one.name}.txt": notice(one).encode() for one in shipped(engine)}
    # With the byte order mark and line ends that the oldest editors on Windows need.
    readme = t(
        "bundle.readme",
        title=about.title,
        version=about.version,
        sums=SUMS,
        bill=BILL_OF_MATERIALS,
    )
    files[t("bundle.readme-name")] = readme.replace("\n", "\r\n").encode("utf-8-sig")
    parts = (shipped(engine), tools, of_packages(), in_packages())
    files[BILL_OF_MATERIALS] = bill_of_materials(about.name, about.version, about.day, files, parts).encode()
    return {**files, SUMS: sums(files).encode()}


def sums(files: Mapping[str, bytes]) -> str:
    """Return the sums of all files, one a line, as ``sha256sum -c`` reads them."""
    return "".join(f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))


def packed(folder: str, files: Mapping[str, bytes], day: str) -> bytes:
    """Return a zip with the files in one folder, dated by an ISO day: the same files, the same bytes.

    The time of the day is made of the content. A web server tells a changed file by its time and size, and
    two versions may well have the day and the size in common.
    """
    made_on = max(date.fromisoformat(day), date(1980, 1, 1))  # a zip knows no earlier day
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(files):
            second = int(sha256(files[path]).hexdigest(), 16) % (24 * 60 * 30) * 2  # a zip knows every other
            time = (second // 3600, second // 60 % 60, second % 60)
            entry = zipfile.ZipInfo(f"{folder}/{path}", (made_on.year, made_on.month, made_on.day, *time))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path], compresslevel=9)
    return buffer.getvalue()


def _used(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what has a use here, unlike maps of the theme's sources or search in foreign tongues."""
    searched = set()
    for folder in {path.partition(_LANGUAGES)[0] for path in site if _LANGUAGES in path}:
        index = json.loads(site[f"{folder}search/search_index.json"])
        parts = ("stemmer.support", "multi", *index["config"]["lang"])
        searched |= {f"{folder}{_LANGUAGES}min/lunr.{part}.min.js" for part in parts}
    used = (p for p in site if not p.endswith(".map") and (_LANGUAGES not in p or p in searched))
    return {path: site[path] for path in used}
