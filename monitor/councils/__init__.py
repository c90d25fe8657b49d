"""The councils: their registry, and finding one by name."""
