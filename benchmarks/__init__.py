"""What the product costs, as ratios against a floor. Run with ``make bench``; nothing here is a test."""
