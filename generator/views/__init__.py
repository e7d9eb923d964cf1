"""Views: the tree as text. Each module makes some of the pages or data; none adds a fact."""
