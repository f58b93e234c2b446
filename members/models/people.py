"""People and the invitations that open their accounts."""

from typing import Any

import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.lookups import Unaccent
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from members.enums import Language

EMAIL_TAKEN = _("A person with this e-mail address already exists.")


def dictionary_order(field: str) -> Lower:
    """É beside E, capitals beside small letters. Not a collation: a server may be built without ICU."""
    return Lower(Unaccent(field))


def by_name() -> tuple[Any, ...]:
    """The order of people in lists."""
    return dictionary_order("family_name"), dictionary_order("given_name"), "pk"


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Any) -> "UserQuerySet":
        """Those who may open the directory see everybody in it; others see themselves."""
        return self if user.has_perm("members.view_directory") else self.filter(pk=user.pk)

    def by_name(self) -> "UserQuerySet":
        return self.order_by(*by_name())


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person known to the Network. Not every person has an account: without a usable password nobody signs in."""

    email = models.EmailField(
        _("e-mail address"), max_length=200, unique=True, error_messages={"unique": EMAIL_TAKEN}
    )  # fmt: skip
    civility = models.CharField(_("civility"), max_length=20, blank=True)
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    title = models.CharField(_("function"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FRENCH)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_any_case",
                violation_error_message=EMAIL_TAKEN,
            ),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="user_language_known"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_full_name()

    def get_absolute_url(self) -> str:
        return reverse("members:person_detail", args=[self.pk])

    def has_perm(self, permission: str, thing: models.Model | None = None) -> bool:
        """Rights come from the ``rules.py`` of each app and from nowhere else: no groups, no superuser.

        Raises:
            LookupError: no app has this permission; a slip in a name must not read as a refusal.
        """
        if not rules.perm_exists(permission):
            raise LookupError(permission)
        return self.is_active and rules.has_perm(permission, self, thing)

    def get_full_name(self) -> str:
        """« Prénom NOM », as lists of the United Nations print it."""
        return f"{self.given_name} {self.family_name.upper()}".strip()

    def get_short_name(self) -> str:
        return f"{self.given_name.split(' ')[0]} {self.family_name[:1]}."


class Invitation(models.Model):
    """The only way in: the secretariat invites, a single-use link proves the address (GET shows, POST accepts)."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True), name="invitation_one_end"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_one_open",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_open(self) -> bool:
        return not self.why_closed

    @property
    def why_closed(self) -> str:
        """A sentence for the person who follows the link; empty while it is open."""
        if self.accepted_at:
            return gettext("This invitation was already used: sign in with the password you chose.")
        if self.revoked_at:
            return gettext("This invitation was withdrawn or replaced by a newer one: look for the last mail.")
        if clock.now() >= self.expires_at:
            return gettext("This invitation has expired: ask the secretariat for a new one.")
        return ""
