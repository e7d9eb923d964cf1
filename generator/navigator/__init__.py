"""What the navigator needs: its data, and its edition in one file."""
