"""For a while somebody speaks in the place of a focal point, in that rank and for that entity; never a day longer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.models import OutboxMail
from core.refusals import Refused
from decisions import actions as decisions
from decisions.enums import Capacity
from members import actions, queries
from members.enums import Rank
from members.models import Delegation, FocalPoint
from members.standing import standing_on
from tests.factories import decisions as decided
from tests.factories import procedure as ruled
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def colleague(db):
    return UserFactory()


def delegate(giver, person, *, first=0, last=5, by=None):
    today = clock.today()
    days = {"starts_on": today + first * DAY, "ends_on": today + last * DAY}
    return actions.delegate_voice(giver, person=person, **days, by=by or giver)


def test_delegate_has_the_rank_and_the_voice_for_these_days_only(personas, colleague):
    delegate(personas.focal_a, colleague, first=1, last=3)

    ranks = [standing_on(colleague, clock.today() + n * DAY).rank for n in range(5)]
    assert ranks == [None, Rank.PRINCIPAL, Rank.PRINCIPAL, Rank.PRINCIPAL, None]
    assert standing_on(personas.focal_a, clock.today() + 2 * DAY).rank == Rank.PRINCIPAL


def test_delegation_lapses_with_the_mandate_of_its_giver(personas, colleague):
    delegate(personas.focal_a, colleague)

    actions.end_tie(FocalPoint.objects.get(person=personas.focal_a), ends_on=clock.today(), by=personas.secretariat)

    tomorrow = clock.today() + DAY
    assert not standing_on(colleague, tomorrow).has_voice
    assert colleague not in queries.voices_on(tomorrow)
    assert list(Delegation.objects.in_force(tomorrow)) == []


def test_position_of_a_delegate_is_the_entitys_and_says_so(personas, colleague, sign_in):
    call = decided.in_call(personas)
    delegate(personas.focal_a, colleague)

    said = decisions.state_position(call, stance="supports", by=colleague)

    assert (said.entity, said.capacity, said.author) == (personas.unicef, Capacity.DELEGATE, colleague)
    assert "par délégation" in sign_in(personas.focal_b).get(call.get_absolute_url()).content.decode()


def test_alternate_may_object_for_a_principal_where_alternates_may_not(personas):
    ruled.adopted(personas, objectors=[Rank.PRINCIPAL])
    call = decided.in_call(personas)
    no = {"stance": "objects", "reason": "Non", "alternative": "Autre"}
    with pytest.raises(decisions.NoVoice):
        decisions.state_position(call, **no, by=personas.alternate_a)

    delegate(personas.focal_a, personas.alternate_a)

    assert decisions.state_position(call, **no, by=personas.alternate_a).stance == "objects"


def test_delegate_is_told_and_written_to_like_those_who_speak(personas, colleague):
    delegate(personas.focal_a, colleague)

    assert OutboxMail.objects.get(kind="members.delegation").to == colleague.email
    assert colleague in queries.voices_on(clock.today())
    assert colleague in queries.network_people(clock.today())
    assert colleague in queries.contact_people(personas.unicef, clock.today())


def test_delegate_does_not_pass_it_on(personas, colleague):
    delegate(personas.focal_a, colleague)

    assert not colleague.has_perm("members.delegate_voice")


def test_delegation_is_refused_in_words(personas, colleague):
    closed = UserFactory(is_active=False)
    refusals = {
        "oneself": (personas.focal_a, personas.focal_a, 0, 1, "person"),
        "another entity's": (personas.focal_a, personas.focal_b, 0, 1, "person"),
        "another entity's co-chair": (personas.focal_a, personas.co_chair_ohchr, 0, 1, "person"),
        "closed account": (personas.focal_a, closed, 0, 1, "person"),
        "in the past": (personas.focal_a, colleague, -1, 1, "starts_on"),
        "backwards": (personas.focal_a, colleague, 2, 1, "ends_on"),
        "more than a year": (personas.focal_a, colleague, 0, 367, "ends_on"),
        "no mandate": (personas.no_entity, colleague, 0, 1, "ends_on"),
    }

    for case, (giver, person, first, last, field) in refusals.items():
        with pytest.raises(Refused) as refused:
            delegate(giver, person, first=first, last=last)
        assert refused.value.field == field, case
    assert not Delegation.objects.exists()


def test_nobody_speaks_twice_on_one_day(personas, colleague):
    delegate(personas.focal_a, colleague)
    other = UserFactory()

    for giver, person, field in ((personas.focal_a, other, "starts_on"), (personas.alternate_a, colleague, "person")):
        with pytest.raises(Refused) as refused:
            delegate(giver, person)
        assert refused.value.field == field
    with pytest.raises(Refused, match="délégation"):
        actions.name_focal_point(
            personas.iom, person=colleague, rank="head", starts_on=clock.today(), by=personas.secretariat
        )


def test_delegation_of_the_form_and_its_end(personas, colleague, sign_in):
    client, address = sign_in(personas.focal_a), reverse("members:voice_delegate")
    once = client.get(address).context["form"]["once"].value()
    typed = {"person": colleague.pk, "starts_on": clock.today(), "ends_on": clock.today() + 5 * DAY, "once": once}

    assert client.post(address, {**typed, "ends_on": clock.today() - DAY}).status_code == 422
    assert client.post(address, typed).status_code == 302
    delegation = Delegation.objects.get()
    page = client.get(reverse("members:account")).content.decode()
    assert reverse("members:delegation_end", args=[delegation.pk]) in page

    client.post(reverse("members:delegation_end", args=[delegation.pk]), {"ends_on": clock.today()})
    assert not standing_on(colleague, clock.today() + DAY).has_voice
