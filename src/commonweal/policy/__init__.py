"""Law, frameworks, cards and guidance as dated, cited data files, and the small readers of them."""
