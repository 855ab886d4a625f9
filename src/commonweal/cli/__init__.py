"""The commonweal command."""
