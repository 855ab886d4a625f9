"""How measures are set out: sentences and tables, from the queries alone."""
