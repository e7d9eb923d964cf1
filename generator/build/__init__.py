"""The disk and the site engine: writing, building aside, looking through, putting in place, previewing."""
