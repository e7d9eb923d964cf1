"""From one decision tree in YAML: a site, a navigator and machine-readable data."""

VERSION = "0.2.0"
