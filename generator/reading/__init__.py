"""From the file's text to the model, and everything that can be wrong on the way."""
