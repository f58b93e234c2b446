"""People, entities and the dated ties between them. A tie ends on its last day, inclusive; an open one has no end."""

from typing import Any

import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.lookups import Unaccent
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from frameworks.models import GcmObjective, Region, in_active_language
from members.enums import Language, MembershipKind, Rank, Role, Seat


def dictionary_order(field: str) -> Lower:
    """É beside E, capitals beside small letters. Not a collation: a server may be built without ICU."""
    return Lower(Unaccent(field))


EMAIL_TAKEN = _("A person with this e-mail address already exists.")
SLUG_TAKEN = _("This short address is already taken.")
ACRONYM_TAKEN = _("Another entity already has this acronym.")


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


class EntityQuerySet(models.QuerySet["Entity"]):
    def visible_to(self, user: Any) -> "EntityQuerySet":
        """The directory is for those who work in the Network (permission ``members.view_directory``)."""
        return self if user.has_perm("members.view_directory") else self.none()

    def by_acronym(self) -> "EntityQuerySet":
        acronym = "acronym_en" if translation.get_language() == "en" else "acronym_fr"
        return self.order_by(dictionary_order(acronym), "pk")

    def members_on(self, day: Any, *kinds: MembershipKind) -> "EntityQuerySet":
        """Entities whose membership covers ``day``; of the given kinds, or full members only."""
        held = Membership.objects.on(day).filter(kind__in=kinds or [MembershipKind.MEMBER])
        return self.filter(pk__in=held.values("entity"))


class Entity(models.Model):
    """A United Nations entity of the country team (clause M-39)."""

    slug = models.SlugField(max_length=40, unique=True, error_messages={"unique": SLUG_TAKEN})
    acronym_fr = models.CharField(_("acronym in French"), max_length=40)
    acronym_en = models.CharField(_("acronym in English"), max_length=40)
    name_fr = models.CharField(_("name in French"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    website = models.URLField(_("website"), blank=True)
    is_in_country_team = models.BooleanField(_("part of the country team"), default=True)
    fields_of_intervention = models.TextField(_("fields of intervention"), blank=True)
    gcm_objectives = models.ManyToManyField(GcmObjective, verbose_name=_("GCM objectives"), blank=True)
    regions = models.ManyToManyField(Region, verbose_name=_("regions"), blank=True)
    profile_reviewed_on = models.DateField(_("profile reviewed on"), null=True, blank=True)
    details_confirmed_on = models.DateField(_("contacts confirmed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("entity")
        constraints = [
            models.UniqueConstraint(
                Lower("acronym_fr"), name="entity_acronym_fr_once", violation_error_message=ACRONYM_TAKEN
            ),
            models.UniqueConstraint(
                Lower("acronym_en"), name="entity_acronym_en_once", violation_error_message=ACRONYM_TAKEN
            ),
        ]

    def __str__(self) -> str:
        return self.acronym

    def get_absolute_url(self) -> str:
        return reverse("members:entity_detail", args=[self.slug])

    @property
    def acronym(self) -> str:
        return in_active_language(self.acronym_fr, self.acronym_en)

    @property
    def name(self) -> str:
        return in_active_language(self.name_fr, self.name_en)


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with ``starts_on`` and ``ends_on`` (inclusive, open when null)."""

    def on(self, day: Any) -> "DatedQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def between(self, first: Any, last: Any) -> "DatedQuerySet":
        """Those that cover one of the days from ``first`` to ``last`` (open when null)."""
        begun = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))
        return begun.filter(starts_on__lte=last) if last else begun


class Dated(models.Model):
    """A tie that holds from one day to another, both included."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day: Any) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


def never_two(name: str, *keys: str, message: Any) -> ExclusionConstraint:
    """No two rows with the same ``keys`` cover one day."""
    period = _DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True))
    same = [(key, RangeOperators.EQUAL) for key in keys]
    return ExclusionConstraint(
        name=name, expressions=[(period, RangeOperators.OVERLAPS), *same], violation_error_message=message
    )


def in_order(name: str) -> models.CheckConstraint:
    """The last day is not before the first."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=_("The last day is before the first one."),
    )


class Membership(Dated):
    """An entity belongs to the Network from one day to another (clauses M-39, M-41)."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=20, choices=MembershipKind, default=MembershipKind.MEMBER)

    class Meta:
        constraints = [
            in_order("membership_in_order"),
            models.CheckConstraint(condition=Q(kind__in=MembershipKind.values), name="membership_kind_known"),
            never_two("membership_once", "entity", message=_("This entity is already a member on one of these days.")),
        ]

    def __str__(self) -> str:
        return f"{self.entity}, {self.get_kind_display()}"


class FocalPoint(Dated):
    """A person speaks for an entity, in a rank."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="focal_points")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="focal_points")
    rank = models.CharField(_("rank"), max_length=20, choices=Rank)

    class Meta:
        constraints = [
            in_order("focal_point_in_order"),
            models.CheckConstraint(condition=Q(rank__in=Rank.values), name="focal_point_rank_known"),
            never_two(
                "focal_point_one_per_rank", "entity", "rank",
                message=_("Somebody else holds this rank for the entity on one of these days."),
            ),
            never_two(
                "focal_point_one_per_person", "person",
                message=_("This person already speaks for an entity on one of these days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}, {self.entity}"


class DelegationQuerySet(DatedQuerySet):
    def in_force(self, day: Any) -> "DelegationQuerySet":
        """Those of ``day`` whose giver speaks for the entity on it: nobody gives what they no longer have."""
        held = FocalPoint.objects.on(day).filter(person=OuterRef("giver"), entity=OuterRef("entity"))
        return self.on(day).filter(Exists(held))  # type: ignore[return-value]


class Delegation(Dated):
    """For a while somebody speaks in the place, and in the rank, of a focal point of the same entity."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="delegations")
    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_given")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = DelegationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            in_order("delegation_in_order"),
            models.CheckConstraint(condition=Q(ends_on__isnull=False), name="delegation_ends"),
            models.CheckConstraint(condition=~Q(giver=F("person")), name="delegation_to_somebody_else"),
            never_two(
                "delegation_one_per_giver", "giver", message=_("This voice is delegated already on one of these days.")
            ),
            never_two(
                "delegation_one_per_person", "person",
                message=_("This person already speaks by delegation on one of these days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return gettext("%(person)s for %(giver)s, %(entity)s") % {
            "person": self.person, "giver": self.giver, "entity": self.entity
        }  # fmt: skip


class InstitutionalRole(Dated):
    """A person serves in the secretariat, the RC office or the administration of the portal."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        constraints = [
            in_order("role_in_order"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
            never_two(
                "role_once", "person", "role", message=_("This person already holds this role on one of these days.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class CoChairTerm(Dated):
    """A person holds a co-chair seat for an entity (clauses M-45 to M-47, M-75)."""

    seat = models.CharField(_("seat"), max_length=20, choices=Seat)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="co_chair_terms")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="co_chair_terms")
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        constraints = [
            in_order("co_chair_term_in_order"),
            models.CheckConstraint(condition=Q(seat__in=Seat.values), name="co_chair_seat_known"),
            never_two(
                "co_chair_one_per_seat", "seat",
                message=_("Somebody else holds this seat on one of these days."),
            ),
            never_two(
                "co_chair_one_per_person", "person",
                message=_("This person already holds a seat on one of these days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.entity}, {self.get_seat_display()}"


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
