"""The one write path: each action names who does it, is whole or not at all, and leaves an event."""
