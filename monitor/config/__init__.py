"""The configuration file, checked and typed."""
