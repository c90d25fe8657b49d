"""What the spiders of all committee systems share: memory, names of committees, the span of dates."""
