"""Pages of the list of members, one module per thing."""
