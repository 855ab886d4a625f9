"""How things are shown: charts, maps, tables, forms, Word, PDF and workbooks."""
