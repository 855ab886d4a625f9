"""Keeping what was agreed: contracts, grants, trades, and what they say of need."""
