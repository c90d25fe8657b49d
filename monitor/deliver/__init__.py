"""Sending what the outbox holds: what goes next over each way, how fast, and what becomes of it."""
