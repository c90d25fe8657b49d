"""What people are told, as values."""
