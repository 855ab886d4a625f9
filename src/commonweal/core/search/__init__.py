"""One search over everything a person may see: stages say what can be found, and the index is kept here."""
