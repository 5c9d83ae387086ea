"""`python -m corrigenda` is the same as `corrigenda`."""

from corrigenda.cli.main import main

main()
