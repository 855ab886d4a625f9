"""Commands of this floor, run as `commonweal manage NAME`."""
