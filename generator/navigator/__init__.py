"""What the navigator needs: its data, in parts where it is large, and its edition in one file."""
