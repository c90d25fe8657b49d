"""A watched page."""
