"""Measurements of what the program costs; `docs/figures.md` has their figures."""
