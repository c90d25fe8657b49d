"""Read-only pictures of the store: a council, the state of the watch, the outcomes table."""
