"""Commands of the shell, run as `commonweal manage NAME`."""
