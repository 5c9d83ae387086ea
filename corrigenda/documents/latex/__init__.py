"""LaTeX, as far as its copy goes: commands are known by name, and none is carried out."""
