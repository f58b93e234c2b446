"""The unit: one bare Django page that does the least a meeting page can do. A ratio of 1 is as fast as this."""
