"""A confidential sounding: opened, answered once by each entity, closed by its day (ADR 26; clauses M-47, M-61)."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import BooleanField, Case, Count, F, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock, journal
from core.errors import DomainError
from core.refusals import Refused
from core.templatetags.typography import long_day
from core.transitions import lock
from decisions import nomination_emails
from decisions.enums import Preference
from decisions.models import Candidacy, Nomination, Sounding, SoundingTally, SoundingVoice
from members.models import Entity, EntityQuerySet, User
from members.queries import entities_with_voice


@transaction.atomic
def open_sounding(call: Nomination, *, closes_on: date, by: User | None) -> Sounding:
    """Ask each member entity in confidence, until ``closes_on`` included, how it would receive each candidacy.

    Raises:
        DomainError: candidacies are still received, nobody is a candidate, the members were sounded already, or too
            few have a voice for anybody to be hidden among them.
        Refused: the last day has passed, or is not before the term.
    """
    call = lock(call)
    check_sounding_openable(call)
    if closes_on < clock.today():
        raise Refused(_("Answers are received until today at the earliest."), "closes_on")
    if closes_on >= call.starts_on:
        raise Refused(_("The sounding closes before the term begins."), "closes_on")
    sounding = Sounding.objects.create(
        nomination=call, closes_on=closes_on, minimum=settings.SOUNDING_MINIMUM, opened_by=by
    )
    SoundingVoice.objects.bulk_create(
        SoundingVoice(sounding=sounding, entity=entity) for entity in _entitled().by_acronym()
    )
    SoundingTally.objects.bulk_create(
        SoundingTally(sounding=sounding, candidacy=one, preference=preference)
        for one in call.candidacies.standing().order_by("put_at", "pk")
        for preference in Preference
    )
    journal.record("open_sounding", call, by=by, data={"closes_on": closes_on, "minimum": sounding.minimum})
    nomination_emails.announce_sounding(sounding)
    return sounding


def check_sounding_openable(call: Nomination) -> None:
    """Refuse as :func:`open_sounding` does, before its form is shown."""
    if not call.awaits_proposal:
        raise DomainError(_("Members are sounded after candidacies closed, and before one is put to the Network."))
    if Sounding.objects.filter(nomination=call).exists():
        raise DomainError(_("The members were sounded on these candidacies already."))
    if not call.candidacies.standing().exists():
        raise DomainError(_("Nobody is a candidate: withdraw this call and open another one."))
    if _entitled().count() < settings.SOUNDING_MINIMUM:
        raise DomainError(
            ngettext(
                "With fewer than %(n)s member entity, no answer would be confidential.",
                "With fewer than %(n)s member entities, no answer would be confidential.",
                settings.SOUNDING_MINIMUM,
            )
            % {"n": settings.SOUNDING_MINIMUM}
        )


def _entitled() -> EntityQuerySet:
    return entities_with_voice(clock.today())


@transaction.atomic
def answer_sounding(sounding: Sounding, *, entity: Entity, preferences: Mapping[Candidacy, Preference]) -> None:
    """Count the entity's answer, once and for good: what it said of each candidacy stands nowhere but in the counts.

    Who speaks is not even asked, the journal keeps no event of it, and no row tells when it was written: every voice
    and every count of the sounding is written anew each time, so that none shows which ones changed together.

    Raises:
        DomainError: the sounding is over, the entity was not asked or no longer has a voice, it answered already, or
            the candidacies are others by now.
    """
    sounding = lock(sounding)
    check_answerable(sounding, entity)
    asked = set(Candidacy.objects.filter(pk__in=sounding.tallies.values("candidacy")))
    if set(preferences) != asked:
        raise DomainError(_("The candidacies have changed since: look at them again."))
    said = Q(pk__in=[])
    for candidacy, preference in preferences.items():
        said |= Q(candidacy=candidacy, preference=preference)
    sounding.tallies.update(count=F("count") + Case(When(said, then=1), default=0))
    answered = When(entity=entity, then=Value(True))
    sounding.voices.update(has_answered=Case(answered, default=F("has_answered"), output_field=BooleanField()))


def check_answerable(sounding: Sounding, entity: Entity) -> None:
    """Refuse as :func:`answer_sounding` does, before its form is shown."""
    if sounding.closed_at:
        raise DomainError(_("The sounding is over."))
    if not sounding.is_open:
        raise DomainError(_("Answers were received until %s.") % long_day(sounding.closes_on))
    voice = sounding.voices.filter(entity=entity, entity__in=_entitled()).first()
    if voice is None:
        raise DomainError(_("%s is not among the entities that are sounded.") % entity)
    if voice.has_answered:
        raise DomainError(_("%s has answered: an answer cannot be found again, nor changed.") % entity)
    if not sounding.tallies.exists():
        raise DomainError(_("Nobody is a candidate any more."))


@transaction.atomic
def close_sounding(sounding: Sounding, *, by: User | None) -> Sounding:
    """Its last day has passed: the counts are shown, unless too few answered; then they are not kept either.

    Raises:
        DomainError: it is closed already, or its last day has not passed.
    """
    sounding = lock(sounding)
    if sounding.closed_at or sounding.is_open:
        raise DomainError(_("The sounding runs until %s.") % long_day(sounding.closes_on))
    answers = sounding.voices.aggregate(n=Count("pk", filter=Q(has_answered=True)))["n"]
    end_sounding(sounding, is_kept=answers >= sounding.minimum)
    shown = "shown" if answers >= sounding.minimum else "too few"
    journal.record("close_sounding", sounding.nomination, by=by, data={"outcome": shown})
    return sounding


def end_sounding(sounding: Sounding, *, is_kept: bool) -> None:
    """Nobody answers any more; counts that are not to be shown are not kept."""
    if not is_kept:
        sounding.tallies.all().delete()
    sounding.closed_at = clock.now()
    sounding.save(update_fields=["closed_at"])


def running(call: Nomination) -> Sounding | None:
    """The sounding that was not closed yet, locked."""
    one = _running(call)
    return lock(one) if one else None


def _running(call: Nomination) -> Sounding | None:
    return Sounding.objects.filter(nomination=call, closed_at__isnull=True).first()


def require_no_sounding(call: Nomination) -> None:
    """
    Raises:
        DomainError: the members are being sounded.
    """
    if one := _running(call):
        raise DomainError(_("The sounding runs until %s.") % long_day(one.closes_on))
