"""Keeping an installation: looking whether all is well, backing it up, bringing it back."""
