"""Councils' newsrooms, by their feeds."""
