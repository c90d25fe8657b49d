"""Loads the configuration file, checks it, and gives it types."""
