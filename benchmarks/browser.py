"""What a reader waits for: the first question, and the next one after a click, in a slowed browser.

Every figure stands against a floor measured in the same way: one hand-written page (``floor/page.html``)
with the same questions inline, some 30 lines of script and no theme. Network and processor are slowed, every
run begins with an empty cache, and a figure is the median of the runs.

First question: from the start of the navigation until the browser has painted the heading and every option,
as it says itself (element timing). Click: from the click, a second later, to the second frame after it.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import synthetic
from generator.build import postprocess
from generator.build.engine import ENVIRONMENT
from generator.cli import main as generator
from generator.model import Tree
from generator.navigator.data import navigator_js
from generator.pages import questions
from generator.pages.rendering import body_of, render
from generator.pages.site import Site
from generator.reading.parse import parse
from generator.routine.cases import ends
from tests.conftest import ROOT, copy_project
from tests.e2e.conftest import ARGUMENTS, browser_path

RUNS = 5
# 1.6 Mbit/s
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 200_000,
}
SLOWDOWN = 4
# The best of the peers that were compared needs 2.6 times the floor for its first question. A policy that
# lets no styles into the page costs a second way to the server, some half of the floor. What comes within a
# tenth of a second is taken for at once.
FIRST_BAR = 2.5
CLICK_BAR = 100.0  # ms
READING = 1_000  # ms
GROWN = 1_000  # nodes
Row = tuple[str, str, str, float, str, bool]

FIRST_QUESTION = """
(() => {
  const painted = {};
  const all = () => [...document.querySelectorAll("h1, [data-option]")].filter((o) => o.checkVisibility());
  const mark = (one) => one.setAttribute("elementtiming", one.dataset.option || "question");
  new MutationObserver(() => document.querySelectorAll("h1, [data-option]").forEach(mark))
    .observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    list.getEntries().forEach((entry) => { painted[entry.identifier] ||= entry.renderTime; });
    const times = all().map((one) => painted[one.getAttribute("elementtiming")]);
    if (times.length > 1 && times.every(Boolean)) window.firstQuestion ||= Math.max(...times);
  }).observe({ type: "element", buffered: true });
})();
"""
CLICK = """
(option) => new Promise((done) => {
  const link = [...document.querySelectorAll(`[data-option="${option}"]`)]
    .find((one) => one.checkVisibility());
  const start = performance.now();
  link.click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})
"""


class Handler(SimpleHTTPRequestHandler):
    """Serves files compressed, as a web server does, and keeps the connection."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, compressed once."""
        path = Path(self.translate_path(self.path))
        if path.is_file():
            body = _compressed(path)
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Type", self.guess_type(str(path)))
        else:
            body = b""
            self.send_response(404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


def rows() -> list[Row]:
    """Return (name, measured, floor, ratio, bar, whether it holds) for each figure."""
    with tempfile.TemporaryDirectory() as name, _browser() as browser:
        project = copy_project(Path(name) / "project")
        if generator(["--root", str(project), "build"]) != 0:
            raise SystemExit("the real tree does not build")
        real = _real(browser, project, _site((ROOT / "tree/avhysning.yaml").read_text("utf-8")))
        return real + _grown(browser, project)


def _real(browser: Browser, project: Path, site: Site) -> list[Row]:
    (project / "site/floor.html").write_text(floor(site.tree), "utf-8")
    options = [str(answer.option.id) for answer in max((ways[0] for ways in site.paths.values()), key=len)][
        :-1
    ]
    with _served(project / "site") as address:
        return _compared(
            browser, address, {"start page": "index.html", "one file": "navigator.html"}, options
        )


def _grown(browser: Browser, project: Path) -> list[Row]:
    """Measure the start page of about the largest tree that is read, built in the place of the real one."""
    site = _site(synthetic.tree(GROWN))
    start = next(page for page in questions.pages(site) if page.path == "index")
    content = project / "content"
    (content / "index.md").write_text(render(site, start, body_of(site, start)), "utf-8")
    (content / "assets/navigator-data.js").write_text(navigator_js(site), "utf-8")
    built = project / "site.grown"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--no-strict", "--site-dir", str(built)]
    subprocess.run(command, cwd=project, env={**os.environ, **ENVIRONMENT}, check=True)
    postprocess.finish(built)
    (built / "floor.html").write_text(floor(site.tree), "utf-8")
    with _served(built) as address:
        return _compared(browser, address, {f"{GROWN:,} nodes": "index.html"}, _clicks(site))


def _site(text: str) -> Site:
    parsed = parse(text)  # what check would find is measured elsewhere
    if parsed.tree is None:
        raise SystemExit(f"the tree cannot be read: {parsed.diagnostics[0]}")
    return Site.of(parsed.tree, text)


def _clicks(site: Site) -> list[str]:
    """Return a way of options that each lead to another question."""
    at, options = str(site.tree.routine.start), []
    nodes = {str(node.id): node for node in site.tree.nodes}
    while further := {str(o): str(target) for o, target in nodes[at].goto.items() if target in nodes}:
        options.append(next(iter(further)))
        at = further[options[-1]]
    return options


def floor(tree: Tree) -> str:
    """Return the hand-written page with this tree's questions in it."""
    asked = {
        q.id: {
            "text": q.text,
            "why": q.why,
            "where": q.where,
            "options": [{"id": o.id, "label": o.label} for o in q.options],
        }
        for q in tree.questions
    }
    data = {
        "start": tree.routine.start,
        "questions": asked,
        "nodes": {
            node.id: {"ask": node.ask, "goto": {str(k): str(v) for k, v in node.goto.items()}}
            for node in tree.nodes
        },
        "ends": {end.id: {"text": end.title} for end in ends(tree)},
    }
    page = (Path(__file__).parent / "floor/page.html").read_text("utf-8")
    return page.replace(
        "DATA", dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    )


def _compared(browser: Browser, address: str, pages: Mapping[str, str], options: list[str]) -> list[Row]:
    """Measure each page against the floor, in turns, so that a busy moment meets all of them."""
    runs = [
        {name: _run(browser, address + path, options) for name, path in {"": "floor.html", **pages}.items()}
        for _ in range(RUNS)
    ]
    first = {name: median(run[name][0] for run in runs) for name in runs[0]}
    click = {name: median(time for run in runs for time in run[name][1]) for name in runs[0]}
    found = []
    for name in pages:
        ok = first[name] <= first[""] * FIRST_BAR
        found.append(_row(f"first question, {name}", first[name], first[""], f"{FIRST_BAR} ×", ok))
        bar = f"{CLICK_BAR:.0f} ms"
        found.append(_row(f"click, {name}", click[name], click[""], bar, click[name] <= CLICK_BAR))
    return found


def _row(name: str, measured: float, floor: float, bar: str, ok: bool) -> Row:
    return name, f"{measured:.0f} ms", f"{floor:.0f} ms", round(measured / floor, 2), bar, ok


def _run(browser: Browser, address: str, options: list[str]) -> tuple[float, list[float]]:
    """Return the time to the first question and those of the clicks after it, in ms."""
    clicks = []
    with _slow_page(browser) as page:
        page.goto(address, wait_until="load")
        page.wait_for_function("window.firstQuestion")
        first: float = page.evaluate("window.firstQuestion")
        page.wait_for_load_state("networkidle")
        for option in options:
            page.wait_for_timeout(READING)
            clicks.append(page.evaluate(CLICK, option))
    return first, clicks


@contextmanager
def _slow_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(120_000)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.add_init_script(FIRST_QUESTION)
    yield page
    context.close()


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


if __name__ == "__main__":
    for row in rows():
        print("|", " | ".join(map(str, row)), "|")
