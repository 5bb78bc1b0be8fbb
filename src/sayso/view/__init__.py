"""A reading for a person or a program: the card, JSON, and the command line."""
