"""The yearly report to the regional Network; the only package that knows WeasyPrint."""
