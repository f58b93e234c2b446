"""Consensus after consultation, and the register (clauses M-61, M-62)."""
