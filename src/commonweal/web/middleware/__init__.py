"""What happens to every request before its page, and after."""
