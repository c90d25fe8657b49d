"""What all committee systems share: memory, names, the span of dates."""
