"""Questions from Slack, and their answers."""
