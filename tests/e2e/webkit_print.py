"""Print a page by WebKit to a PDF on A4: ``webkit_print.py ADDRESS FILE``.

The system's Python runs this, not the project's: it has the bindings (python3-gi, gir1.2-webkit2-4.1).
"""

from __future__ import annotations

import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

PATIENCE = 90  # seconds
SETTLED = 1000  # milliseconds that the page's scripts have

address, file = sys.argv[1], Path(sys.argv[2]).resolve()
Gtk.Settings.get_default().set_property("gtk-print-backends", "file")
view = WebKit2.WebView()
window = Gtk.Window()
window.set_default_size(1280, 900)
window.add(view)
window.show_all()


def put_out() -> bool:
    settings = Gtk.PrintSettings()
    settings.set_printer("Print to File")
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, file.as_uri())
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
    sheet = Gtk.PageSetup()
    sheet.set_paper_size_and_default_margins(Gtk.PaperSize.new("iso_a4"))
    for side in ("top", "bottom", "left", "right"):
        getattr(sheet, f"set_{side}_margin")(12, Gtk.Unit.MM)
    view.printing = WebKit2.PrintOperation.new(view)
    view.printing.set_print_settings(settings)
    view.printing.set_page_setup(sheet)
    view.printing.connect("finished", lambda _: Gtk.main_quit())
    view.printing.connect("failed", lambda _, error: sys.exit(error.message))
    view.printing.print_()
    return False


def changed(_: WebKit2.WebView, event: WebKit2.LoadEvent) -> None:
    if event == WebKit2.LoadEvent.FINISHED:
        GLib.timeout_add(SETTLED, put_out)


view.connect("load-changed", changed)
view.load_uri(address)
GLib.timeout_add_seconds(PATIENCE, Gtk.main_quit)
Gtk.main()
