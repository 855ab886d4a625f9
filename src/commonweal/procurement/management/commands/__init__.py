"""Commands of the procurement stage, run as `commonweal manage NAME`."""
