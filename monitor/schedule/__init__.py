"""The unattended scheduler: when each source is due, and who does it."""
