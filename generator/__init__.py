"""From one decision tree in YAML: a site, a navigator and machine-readable data."""
