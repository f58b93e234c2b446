"""Speed, as ratios of one run: the portal's pages to a bare Django page, the report to bare WeasyPrint."""
