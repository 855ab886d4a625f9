"""How the pages of the procurement stage are set out."""
