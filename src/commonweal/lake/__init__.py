"""Big tables: files as published become typed Parquet, queried through Ibis."""
