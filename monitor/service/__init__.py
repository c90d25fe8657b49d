"""The unattended process and what hangs on it: work, port, metrics, heartbeat, logs."""
