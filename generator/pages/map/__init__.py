"""The map of the whole tree: its layout, its picture and the table that says the same."""
