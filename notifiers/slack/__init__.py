"""Slack: messages by token or webhook, pictures, commands and buttons."""
