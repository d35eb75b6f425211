"""`python -m generator` is the command `asreported`."""

from generator.cli import main

main()
