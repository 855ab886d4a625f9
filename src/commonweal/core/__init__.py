"""Organisations, partnerships, people, sharing, events, jobs, figures and release."""
