"""PostgreSQL and Redis for a machine where nobody set any up: the servers of two wheels, under ``var/``.

``services`` is the way in; ``python -m reseau.local`` is the same from a shell. See docs/adr/0006.
"""
