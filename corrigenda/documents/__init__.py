"""Reading files: one module a format, all giving the same `Document`."""
