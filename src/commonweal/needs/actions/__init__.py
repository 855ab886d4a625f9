"""The one write path of the needs stage."""
