"""What a page weighs on its way to a reader: its own bytes, and those of all that it loads, compressed."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from lxml import etree

from benchmarks.frame import Row
from generator.cli import main as generator
from tests.conftest import copy_project

# The theme's own scripts and styles alone are about 90 kB.
BAR = 150  # kB, the first page that a reader opens, with everything
PAGES = {
    "start page": "index.html",
    "a question": "fraga/skuld-barnfamilj.html",
    "a situation": "situation/barnfamilj-ekonomi-skuld.html",
    "a section of the routine": "avsnitt/barnfamiljer.html",
    "the matrix": "matris.html",
    "the map": "karta.html",
    "a practice case": "ova/fall/hyra-och-hog-musik.html",
    "one file": "navigator.html",
}


def rows() -> list[Row]:
    """Return each kind of page, with the theme's own empty page (404) as the floor."""
    with tempfile.TemporaryDirectory() as name:
        project = copy_project(Path(name) / "project")
        if generator(["--root", str(project), "build"]) != 0:
            raise SystemExit(1)
        site = project / "site"
        floor, _, _ = weight(site, "404.html")
        return [_row(site, kind, path, floor) for kind, path in PAGES.items()]


def weight(site: Path, path: str) -> tuple[float, float, int]:
    """Return kB of a page with all that it loads, compressed; of the page alone; and how many requests."""
    page = site / path
    root = etree.fromstring(page.read_bytes(), parser=etree.HTMLParser(encoding="utf-8"))
    loaded = root.xpath("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
    files = [_file(site, page, str(one)) for one in loaded if not str(one).startswith("data:")]
    sizes = [_compressed(file) for file in files]
    alone = _compressed(page)
    return alone + sum(sizes), alone, 1 + len(files)


def _file(site: Path, page: Path, address: str) -> Path:
    path = address.partition("?")[0]
    return site / path.lstrip("/") if path.startswith("/") else (page.parent / path).resolve()


def _compressed(file: Path) -> float:
    content = file.read_bytes()
    return len(content if file.suffix == ".png" else gzip.compress(content, 5)) / 1000


def _row(site: Path, kind: str, path: str, floor: float) -> Row:
    whole, alone, requests = weight(site, path)
    bar = BAR if kind == "start page" else None
    return Row(
        f"weight of {kind}",
        f"{whole:.0f} kB in {requests} requests, {alone:.0f} kB of them its own",
        f"{floor:.0f} kB",
        round(whole / floor, 2),
        f"≤ {bar} kB" if bar else "",
        bar is None or whole <= bar,
    )
