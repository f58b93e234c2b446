"""Rows the database accepts, one module per app: ``from tests.factories.members import UserFactory``."""
