"""What is locked: hashes, licences, the list in the docs, and an audit that cannot pass unasked."""

from __future__ import annotations

import ast
import os
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from generator.build.engine import ENGINES
from generator.bundle.licences import Carried, of_packages, shipped
from generator.bundle.lock_file import LockedPackage, locked_packages, normal
from tests.bundle import dependencies
from tests.bundle.dependencies import (
    ALL,
    ENGINE,
    KNOWN,
    KNOWN_IN_WHEELS,
    LISTED,
    LISTS,
    POLICY,
    SITE,
    as_document,
    carried_text,
    known,
    left_out,
    named,
    unfit,
)
from tests.conftest import ROOT

OURS = {"generator", "tests", "benchmarks"}


def fresh(path: Path, text: str) -> None:
    if os.environ.get("UPDATE_DEPENDENCIES"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, "run make licences"


def test_every_licence_is_known_and_fit() -> None:
    assert dependencies.problems(SITE, ALL) == []


def test_an_unknown_or_unfit_licence_is_shown_with_its_package() -> None:
    said = {
        "silent": {"License-Expression": [], "License": ["UNKNOWN"], "Classifier": []},
        "strict": {"License-Expression": ["AGPL-3.0-only"], "License": [], "Classifier": []},
        "java": {"License-Expression": POLICY["tests"], "License": [], "Classifier": []},
        "mixed": {"License-Expression": ["MIT AND SSPL-1.0"], "License": [], "Classifier": []},
        "fine": {"License-Expression": ["MIT"], "License": [], "Classifier": []},
    }
    every = tuple(LockedPackage(name, "1", "", ()) for name in said)
    found = dependencies.problems(every, every, said.__getitem__)
    assert [line.split(":")[0] for line in found] == ["java", "mixed", "silent", "strict"]
    assert "java" not in str(dependencies.problems((), every, said.__getitem__))


def test_the_policy_reads_only_packages_that_need_it() -> None:
    assert set(POLICY["read"]) <= {one.name for one in ALL}


def test_the_licences_for_the_bill_of_materials_are_fresh() -> None:
    fresh(KNOWN, known())


@pytest.mark.full  # it reads every wheel
def test_what_wheels_carry_is_fresh_and_under_licences_that_are_fit() -> None:
    fresh(KNOWN_IN_WHEELS, carried_text())
    assert unfit() == []


def test_what_wheels_carry_under_an_unfit_licence_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = {"mixed": "MIT AND SSPL-1.0", "chosen": "MIT OR SSPL-1.0", "": ""}
    held = {"wheel": [Carried(name, "1", licence) for name, licence in inside.items()]}
    monkeypatch.setattr(dependencies, "carried", lambda: held)
    assert unfit() == ["wheel: mixed: MIT AND SSPL-1.0", "wheel: : no licence"]


def test_the_list_in_the_docs_is_fresh() -> None:
    fresh(LISTED, as_document())


def test_what_is_shipped_is_on_the_list_of_fit_licences() -> None:
    every = {one for engine in ENGINES for one in shipped(engine)}
    assert {one.licence for one in every} <= set(POLICY["site"])
    assert {one.package for one in every if one.package} <= set(of_packages())


@pytest.mark.parametrize(
    ("lock", "names"), [(SITE, LISTS[:1]), (ENGINE, LISTS[1:2]), (ALL, LISTS)], ids=["site", "engine", "all"]
)
def test_every_name_is_locked_with_hashes(lock: tuple[LockedPackage, ...], names: tuple[str, ...]) -> None:
    assert set().union(*map(named, names)) <= {one.name for one in lock}
    assert all(one.hashes for one in lock)


@pytest.mark.parametrize("lock", [SITE, ENGINE], ids=["site", "engine"])
def test_the_tests_run_on_the_versions_that_build_the_site(lock: tuple[LockedPackage, ...]) -> None:
    for_site = {one.name for one in lock}
    # A marker may differ: the tests' lock can need a package elsewhere too.
    of_tests = {(one.name, one.version, one.hashes) for one in ALL if one.name in for_site}
    assert {(one.name, one.version, one.hashes) for one in lock} == of_tests


def test_what_the_site_never_uses_is_left_out_of_its_lock_alone() -> None:
    without = named("requirements-without.in")
    assert not without & {one.name for one in SITE}
    assert {"babel", "PIL", "requests"} <= left_out()  # so that no test builds with them either


def test_a_line_that_is_not_locked_is_refused() -> None:
    assert locked_packages("a==1 \\\n    --hash=sha256:" + "0" * 64)[0].hashes
    for text in ("a>=1", "a", "git+https://example.org/a", "-r other.txt"):
        with pytest.raises(ValueError, match=r".+"):
            locked_packages(text)


def imported(folder: str) -> set[str]:
    """Return the packages that a folder's modules import, as the index spells them."""
    modules: set[str] = set()
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    foreign = modules - set(sys.stdlib_module_names) - OURS
    packages = packages_distributions()
    return {normal(packages.get(module, [module])[0]) for module in foreign}


# Part of what Jinja2, cyclonedx-python-lib and MkDocs offer: their interfaces give and take it.
COMES_ALONG = {"markupsafe", "packageurl-python", "markdown", "license-expression"}
# The system's Python has it, and runs the one script that asks for it.
OF_THE_SYSTEM = {"gi"}


def test_the_generator_imports_only_what_is_named() -> None:
    assert imported("generator") <= named("requirements.in") | COMES_ALONG


def test_the_tests_import_only_what_is_named() -> None:
    known = set().union(*map(named, LISTS)) | COMES_ALONG | OF_THE_SYSTEM
    assert imported("tests") | imported("benchmarks") <= known
