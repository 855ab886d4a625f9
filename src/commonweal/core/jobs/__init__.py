"""Long work off the request: kinds of work, the loop that does it, and what survives a crash."""
