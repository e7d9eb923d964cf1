"""Whose work the site carries, and on what terms: data and licence texts, read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml


@dataclass(frozen=True)
class Shipped:
    """Something of another's that stands in the site, and where it is to be seen."""

    name: str
    licence: str
    copyright: str
    place: str
    version: str = ""
    purl: str = ""  # the kind of package, where there is one
    package: str = ""  # the locked package that it comes with
    source: str = ""
    engine: str = ""  # the one that brings it, where not both do


class Carried(NamedTuple):
    """Something of another's that comes inside a package which builds the site."""

    name: str
    version: str
    licence: str
    purl: str = ""


@cache
def shipped(engine: str) -> tuple[Shipped, ...]:
    """Return what of others' an engine's site carries. Raises TypeError for an unknown key: our own fault."""
    listed = yaml.safe_load(_read("shipped.yaml"))
    every = (
        Shipped(**{"place" if key == "in" else key: value for key, value in one.items()}) for one in listed
    )
    return tuple(one for one in every if one.engine in ("", engine))


@cache
def of_packages() -> dict[str, str]:
    """Return locked package → licence (SPDX), as the tests found them in the packages' own metadata."""
    known: dict[str, str] = json.loads(_read("packages.json"))
    return known


@cache
def in_packages() -> dict[str, list[Carried]]:
    """Return locked package → what its wheel carries, as the tests found it in the wheel."""
    known: dict[str, list[list[str]]] = json.loads(_read("carried.json"))
    return {name: [Carried(*one) for one in every] for name, every in known.items()}


def text(licence: str) -> str:
    """Return a licence's text by its SPDX id. Raises FileNotFoundError if it is not at hand."""
    return _read(f"texts/{licence}.txt")


def notice(one: Shipped) -> str:
    """Return what has to go along with something of another's: whose it is, and its terms in full."""
    title = " ".join(filter(None, (one.name, one.version)))
    source = f"Source: {one.source}\n" if one.source else ""
    return f"{title}\n{one.copyright}\nLicence: {one.licence}\n{source}\n{text(one.licence)}"


def _read(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
