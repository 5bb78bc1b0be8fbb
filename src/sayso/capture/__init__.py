"""Capture: bytes -> Page. Paths, folders, globs and standard input, one page at a time."""

from sayso.capture.pages import pages

__all__ = ["pages"]
