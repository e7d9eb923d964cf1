"""What is locked: its licences, from the packages' own metadata, and the list of it for the docs."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from importlib import metadata
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from license_expression import AND, OR, get_spdx_licensing
from lxml import etree

from generator.bundle.licences import Carried, of_packages
from generator.bundle.lock_file import LockedPackage, locked_packages, normal
from tests.conftest import ROOT

LISTED = ROOT / "docs/dependencies.md"
KNOWN = ROOT / "generator/bundle/licences/packages.json"
POLICY: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["licences"]
SITE = locked_packages((ROOT / "requirements.txt").read_text("utf-8"))
ALL = locked_packages((ROOT / "requirements-dev.txt").read_text("utf-8"))

ENGINE = locked_packages((ROOT / "requirements-zensical.txt").read_text("utf-8"))
LISTS = ("requirements.in", "requirements-zensical.in", "requirements-dev.in")

KNOWN_IN_WHEELS = KNOWN.with_name("carried.json")
# What only the code itself tells.
VERSIONS = {
    "libxml2": ".".join(map(str, etree.LIBXML_COMPILED_VERSION)),
    "libxslt": ".".join(map(str, etree.LIBXSLT_COMPILED_VERSION)),
    "qpdf": pikepdf.__libqpdf_version__,
    "libyaml": yaml._yaml.get_version_string(),
}

Metadata = Callable[[str], Mapping[str, list[str]]]


def installed(name: str) -> Mapping[str, list[str]]:
    """Return what an installed package says of its licence. Raises PackageNotFoundError."""
    told = metadata.metadata(name)
    return {key: told.get_all(key) or [] for key in ("License-Expression", "License", "Classifier")}


def licence_of(name: str, told: Metadata = installed) -> str | None:
    """Return a package's licence in SPDX, or None if neither it nor the policy says it.

    A package that is locked for another system cannot be asked here: what was found where it is
    installed holds.
    """
    if name in POLICY["read"]:
        return str(POLICY["read"][name])
    try:
        said = told(name)
    except metadata.PackageNotFoundError:
        return of_packages().get(name)
    classified = [text.rsplit(" :: ", 1)[-1] for text in said["Classifier"] if text.startswith("License ::")]
    for words in (*said["License-Expression"], *said["License"], *classified):
        licence = POLICY["words"].get(words, words)
        if is_expression(licence):
            return str(licence)
    return None


def is_expression(words: str) -> bool:
    """Tell whether every part is a licence that the policy names."""
    return all(part in {*POLICY["site"], *POLICY["tests"]} for part in parts(words))


def parts(expression: str) -> list[str]:
    """Return what an expression puts together."""
    return [part.strip("() ") for part in re.split(r" (?:AND|OR) ", expression)]


def problems(
    site: tuple[LockedPackage, ...], every: tuple[LockedPackage, ...], told: Metadata = installed
) -> list[str]:
    """Return what stands against the licences of what is locked, one line for each package."""
    found = []
    for_site = {one.name for one in site}
    for name in sorted({one.name for one in every}):
        licence = licence_of(name, told)
        fit = {*POLICY["site"], *([] if name in for_site else POLICY["tests"])}
        if licence is None:
            found.append(f"{name}: no licence that the policy in pyproject.toml knows")
        elif not set(parts(licence)) <= fit:
            found.append(f"{name}: {licence} is not on the list in pyproject.toml")
    return found


def known() -> str:
    """Return package → licence of what builds the site, as it is kept for the bill of materials."""
    found = {one.name: licence_of(one.name) for one in (*SITE, *ENGINE)}
    return json.dumps(dict(sorted(found.items())), indent=1) + "\n"


def carried() -> dict[str, list[Carried]]:
    """Return package → what of others' its wheel carries, of what builds the site.

    Wheels with compiled code or folders of foreign code are asked, and those that the policy names. It is the
    wheel for this system; another's may carry more, as a C library that this system has itself.
    """
    found = {}
    for name in sorted({one.name for one in (*SITE, *ENGINE)}):
        inside = list(_in_bill(name))
        told = {one.name: one.version for one in inside}
        read = POLICY["carried"].get(name, {})
        every = [one for one in inside if one.name not in read]
        every += [
            Carried(other, told.get(other) or VERSIONS.get(other, ""), licence)
            for other, licence in read.items()
        ]
        if every or _is_suspect(name):
            found[name] = sorted(every)
    return found


def _in_bill(name: str) -> Iterator[Carried]:
    """Yield what a wheel's own bill of materials lists, as CycloneDX; a licence may be missing."""
    for file in _files(name):
        if ".dist-info/sboms/" in str(file):
            bill = json.loads(Path(str(file.locate())).read_text("utf-8"))
            for one in bill.get("components", []):
                licences = [said.get("expression", "") for said in one.get("licenses", [])]
                if one["name"] != name:
                    yield Carried(one["name"], one["version"], " ".join(licences), one.get("purl", ""))


def _files(name: str) -> list[metadata.PackagePath]:
    try:
        return metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return []


def _is_suspect(name: str) -> bool:
    """Tell whether a wheel may carry code of others: it is compiled, or has a folder for that."""
    return any(
        re.search(r"\.(so|pyd|dylib)\b|/_?vendor(ed)?/|/third_party/", str(file)) for file in _files(name)
    )


def carried_text() -> str:
    """Return what wheels carry, as it is kept for the bill of materials: one line each."""
    lines = [
        f" {json.dumps(name)}: [" + ",".join(f"\n  {json.dumps(list(one))}" for one in every) + "]"
        for name, every in carried().items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def unfit() -> list[str]:
    """Return what wheels carry under no licence, or under none that the policy lets in, one line each."""
    fit = {*POLICY["site"], *POLICY["in_wheels"]}
    return [
        f"{name}: {one.name}: {one.licence or 'no licence'}"
        for name, every in carried().items()
        for one in every
        if not one.licence or not _is_fit(get_spdx_licensing().parse(one.licence), fit)
    ]


def _is_fit(expression: Any, fit: AbstractSet[str]) -> bool:
    """Tell whether one of what can be chosen is fit, and all of what holds together."""
    if isinstance(expression, OR):
        return any(_is_fit(one, fit) for one in expression.args)
    if isinstance(expression, AND):
        return all(_is_fit(one, fit) for one in expression.args)
    return str(expression) in fit


def named(file: str) -> set[str]:
    """Return the packages that a list of requirements names itself."""
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return {normal(match[0]) for line in lines if (match := re.match(r"[a-z][a-z0-9._-]*", line))}


def left_out() -> set[str]:
    """Return the modules of the packages that come along for what the site never uses."""
    without = named("requirements-without.in")
    return {
        module
        for module, packages in metadata.packages_distributions().items()
        if without.intersection(map(normal, packages))
    }


def as_document() -> str:
    """Return the list for the docs."""
    site, direct = {one.name for one in SITE}, set().union(*map(named, LISTS))
    rows = [
        "| {} | {} | {} | {} | {} | {} |".format(
            one.name,
            one.version,
            licence_of(one.name) or "?",
            "site" if one.name in site else "tests",
            "yes" if one.name in direct else "",
            f"`{one.marker}`" if one.marker else "",
        )
        for one in ALL
    ]
    return HEAD + "\n".join(rows) + "\n"


HEAD = """\
# What the project depends on

Written by `make licences`; do not edit. Everything is locked with hashes, for every system. *Site* builds
the site and is listed in the bundle's bill of materials; *tests* never reaches a reader. *Named* stands in a
`requirements*.in`; the rest comes along. *Only where*: another version, or none, elsewhere.

| Package | Version | Licence (SPDX) | For | Named | Only where |
|---|---|---|---|---|---|
"""
