"""Output formats: one module each, all rendering the same `Report`; `formats` is the registry."""
