"""How what was worked out is set out: sentences and tables that page, paper and workbook share."""
