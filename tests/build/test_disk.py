"""The disk: only what changed is written, what is stale goes, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

from generator.build.disk import MANIFEST, Written, write


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    assert write({"a.md": "1", "b/c.md": "2"}, tmp_path).written == ("a.md", "b/c.md")
    before = (tmp_path / "a.md").stat().st_mtime_ns
    assert write({"a.md": "1", "b/c.md": "3"}, tmp_path) == Written(("b/c.md",), ())
    assert (tmp_path / "a.md").stat().st_mtime_ns == before
    assert (tmp_path / "b/c.md").read_text() == "3"


def test_what_is_stale_is_removed_with_its_folder(tmp_path: Path) -> None:
    write({"a.md": "1", "b/c.md": "2"}, tmp_path)
    assert write({"a.md": "1"}, tmp_path).removed == ("b/c.md",)
    assert not (tmp_path / "b").exists()


def test_authored_files_are_never_removed(tmp_path: Path) -> None:
    (tmp_path / "own.md").write_text("mine")
    write({"a.md": "1"}, tmp_path)
    write({}, tmp_path)
    assert (tmp_path / "own.md").read_text() == "mine"
    assert not (tmp_path / "a.md").exists()


def test_a_broken_or_hostile_manifest_removes_nothing_outside(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("keep")
    folder = tmp_path / "content"
    folder.mkdir()
    for text in ("{", '"x"', '["../outside.txt", "/etc/hostname"]', "[1]", "null", "1"):
        (folder / MANIFEST).write_text(text)
        write({"a.md": "1"}, folder)
    assert outside.read_text() == "keep"


def test_no_half_written_file_is_left_behind(tmp_path: Path) -> None:
    write({"a.md": "1", "b.md": "2"}, tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"a.md", "b.md", MANIFEST}
