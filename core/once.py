"""Creating forms act once: a double click, a resent page or fifty parallel posts give one object.

The form carries a random token (:class:`core.forms.OnceMixin`). The first post to
commit owns it; the others wait on its primary key and are handed the object it created.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction

from core import clock
from core.errors import Gone
from core.models import UsedToken

T = TypeVar("T", bound=models.Model)


@transaction.atomic
def once(token: UUID, create: Callable[[], T], *, by: Any) -> T:
    """Carry out ``create`` unless this token was used before, and return what it made (then or now).

    Raises:
        Gone: what this form made was removed since.
    """
    try:
        with transaction.atomic():
            used = UsedToken.objects.create(token=token, person=by, at=clock.now())
    except IntegrityError:
        return _made_before(token, by)
    created = create()
    used.created_type, used.created_id = created._meta.label_lower, str(created.pk)
    used.save(update_fields=["created_type", "created_id"])
    return created


def _made_before(token: UUID, by: Any) -> Any:
    used = UsedToken.objects.filter(token=token, person=by).first()
    made = used and apps.get_model(used.created_type)._default_manager.filter(pk=used.created_id).first()
    if made is None:
        raise Gone
    return made


def forget_old() -> int:
    """Tokens of forms that nobody sends again. Returns how many went."""
    last = clock.now() - timedelta(days=settings.RETENTION_TOKEN_DAYS)
    return UsedToken.objects.filter(at__lt=last).delete()[0]
