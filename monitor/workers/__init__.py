"""Crawls on other machines, by a queue in PostgreSQL. Nothing here is imported where no queue is configured."""
