"""Trade and local press, by feeds and listings."""
