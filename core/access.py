"""Asking for a right. *Who* is a permission (``rules.py`` of each app); *when* is the action's own check."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model


def require(user, permission: str, thing: Model | None = None) -> None:
    """Refuse with 403 unless ``user`` has ``permission`` (on ``thing``).

    Raises:
        PermissionDenied: the person has not this right.
    """
    if not user.has_perm(permission, thing):
        raise PermissionDenied(permission)
