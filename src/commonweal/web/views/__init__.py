"""The shell's pages: thin, each asks a query and fills a template."""
