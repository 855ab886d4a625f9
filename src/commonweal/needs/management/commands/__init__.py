"""Commands of the needs stage, run as `commonweal manage NAME`."""
