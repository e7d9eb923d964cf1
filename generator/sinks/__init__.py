"""Where generated files go: the disk, a site engine, a preview. Only sinks touch the outside."""
