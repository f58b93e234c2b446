"""Pages of the work plan. Each state-changing address takes POST only and carries out one action."""
