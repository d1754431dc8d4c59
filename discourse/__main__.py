"""`python -m discourse` is `discourse`."""

from discourse.cli.app import main

main()
