"""What the product costs: measured against a floor, with a bar that must hold. Run by hand, not by CI."""
