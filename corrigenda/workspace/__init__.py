"""The configuration, the files of a run, and house styles."""
