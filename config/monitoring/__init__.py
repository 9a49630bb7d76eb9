"""What operators see of the running site: request ids, log lines, health checks and metrics."""
