"""`python -m sayso` is `sayso`."""

from sayso.view.cli import main

main()
