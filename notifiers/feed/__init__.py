"""Writes Atom feeds as files."""
