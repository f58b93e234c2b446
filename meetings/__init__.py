"""Meetings of every kind, from convocation to approved minutes."""
