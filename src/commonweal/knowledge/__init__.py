"""The common language of the partners, and what each step of the cycle asks of them."""
