"""Atom feeds, written as files."""
