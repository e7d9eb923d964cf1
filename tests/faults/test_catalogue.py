"""The list of seeded faults keeps up with the project. ``make test-faults`` tries them."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.faults.catalogue import faults


def test_every_fault_still_has_its_place() -> None:
    for fault in faults():
        whole = (ROOT / fault.file).read_text("utf-8")
        assert fault.applied(whole) != whole


def test_every_fault_has_a_name_of_its_own_and_tests_that_exist() -> None:
    listed = faults()
    assert len({fault.id for fault in listed}) == len(listed)
    for fault in listed:
        assert fault.seen_by
        assert all((ROOT / name.partition("::")[0]).exists() for name in fault.seen_by), fault.id
