"""The disk and the site engine: writing, building into staging, verifying, putting in place, previewing."""
