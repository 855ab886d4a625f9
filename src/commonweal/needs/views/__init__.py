"""Pages of the needs stage: thin, each a query and a template."""
