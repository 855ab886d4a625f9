"""One small reader a published source."""
