"""Capture: bytes -> Page. Paths, folders, globs, standard input and addresses; pages, feeds, sitemaps, archives, tables and exports, one page at a time."""

from sayso.capture.pages import pages

__all__ = ["pages"]
