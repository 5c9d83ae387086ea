"""`python -m corrigenda` is the same as `corrigenda`."""

from corrigenda.safe_path import forget_current_folder

# Python has put the current folder first on the path, and everything below is imported by it.
forget_current_folder()

from corrigenda.cli.main import main  # noqa: E402

main()
