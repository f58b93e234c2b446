"""Who sits in a group: entities of the Network and partners, each once at a time (clause M-67)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.refusals import Refused
from members.models import Membership, Partner
from tests.factories import groups as made
from tests.factories.members import EntityFactory
from tests.factories.partners import PartnerFactory
from tests.workinggroups.test_pages import send
from workinggroups import actions
from workinggroups.models import GroupMember

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def group(personas):
    return made.proposed(personas)


def test_entity_and_partner_sit_side_by_side_and_stand_on_their_pages(personas, group, sign_in):
    partner = PartnerFactory()
    made.seat(group, personas, entity=personas.unicef)
    made.seat(group, personas, partner=partner)
    client = sign_in(personas.focal_b)

    pages = [client.get(one.get_absolute_url()).content.decode() for one in (group, personas.unicef, partner)]

    assert "UNICEF" in pages[0]
    assert partner.name in pages[0]
    assert all("GT 1 – Données" in page for page in pages[1:])


@pytest.mark.parametrize("who", ["entity", "partner"])
def test_nobody_sits_twice_on_one_day(personas, group, who):
    sitting = {"entity": personas.unicef, "partner": PartnerFactory()}[who]
    made.seat(group, personas, **{who: sitting})

    with pytest.raises(Refused, match="siège déjà") as refused:
        made.seat(group, personas, **{who: sitting})

    assert refused.value.field == "who"
    assert GroupMember.objects.count() == 1


def test_who_leaves_the_network_sits_in_its_groups_no_longer(personas, group, sign_in):
    partner = PartnerFactory()
    made.seat(group, personas, entity=personas.unicef)
    made.seat(group, personas, partner=partner)
    Membership.objects.filter(entity=personas.unicef).update(ends_on=clock.today())
    Partner.objects.update(ended_on=clock.today())
    assert _seated(sign_in(personas.focal_b), group) == (1, 1)

    with clock.set_to(clock.now() + DAY):
        client = sign_in(personas.focal_b)
        assert _seated(client, group) == (0, 0)
        page = client.get(group.get_absolute_url()).content.decode()

    assert "Personne ne siège encore" in page
    assert page.count("ne fait plus partie du Réseau") == 2


def _seated(client, group):
    """How many entities and partners the register counts."""
    return next((one.entities, one.partners) for one in client.get("/groupes/").context["groups"] if one == group)


def test_who_left_may_come_back_the_day_after(personas, group):
    seat = made.seat(group, personas, entity=personas.unicef)
    actions.leave_group(seat, ends_on=clock.today(), by=personas.focal_a)

    with clock.set_to(clock.now() + DAY):
        made.seat(group, personas, entity=personas.unicef)

    assert GroupMember.objects.count() == 2


def test_entity_outside_the_network_and_partner_of_the_past_do_not_join(personas, group):
    gone = PartnerFactory(ended_on=clock.today() - DAY)
    with pytest.raises(Refused, match="n’est pas du Réseau"):
        made.seat(group, personas, entity=EntityFactory())
    with pytest.raises(Refused, match="plus partenaire"):
        made.seat(group, personas, partner=gone)
    Membership.objects.filter(entity=personas.unfpa).update(ends_on=clock.today() - DAY)
    with pytest.raises(Refused, match="n’est pas du Réseau"):
        made.seat(group, personas, entity=personas.unfpa)


def test_secretariat_chooses_among_entities_and_partners_of_the_day(personas, group, sign_in):
    partner, gone = PartnerFactory(), PartnerFactory(ended_on=clock.today() - DAY)
    client, address = sign_in(personas.secretariat), reverse("groups:group_join", args=[group.slug])
    page = client.get(address).content.decode()
    assert f'value="entity {personas.unicef.pk}"' in page
    assert f'value="partner {gone.pk}"' not in page

    send(client, address, {"who": f"partner {partner.pk}", "starts_on": f"{clock.today()}"})
    again = send(client, address, {"who": f"partner {partner.pk}", "starts_on": f"{clock.today()}"})
    nobody = send(client, address, {"who": f"partner {gone.pk}", "starts_on": f"{clock.today()}"})

    assert [seat.partner for seat in GroupMember.objects.all()] == [partner]
    assert list(again.context["form"].errors) == list(nobody.context["form"].errors) == ["who"]


def test_seat_ends_after_it_begins_and_once(personas, group):
    seat = made.seat(group, personas, entity=personas.unicef)
    with pytest.raises(Refused, match="précède le premier"):
        actions.leave_group(seat, ends_on=clock.today() - DAY, by=personas.focal_a)
    actions.leave_group(seat, ends_on=clock.today(), by=personas.focal_a)
    with pytest.raises(Refused, match="déjà"):
        actions.leave_group(seat, ends_on=clock.today() + DAY, by=personas.focal_a)


def test_nobody_joins_a_group_that_is_over(personas, group):
    over = actions.withdraw_group(group, by=personas.focal_a)

    with pytest.raises(actions.GroupIsOver):
        made.seat(over, personas, entity=personas.unicef)


def test_focal_point_enters_and_takes_out_the_own_entity_alone(personas, group, sign_in):
    client = sign_in(personas.focal_b)
    page = client.get(reverse("groups:group_join", args=[group.slug]))
    assert "who" not in page.context["form"].fields

    send(client, page.request["PATH_INFO"], {"starts_on": f"{clock.today()}", "who": f"entity {personas.unicef.pk}"})

    seat = GroupMember.objects.get()
    assert seat.entity == personas.unwomen
    other = made.seat(group, personas, entity=personas.unicef)
    addresses = [reverse("groups:group_leave", args=[group.slug, one.pk]) for one in (seat, other)]
    assert [client.get(address).status_code for address in addresses] == [200, 403]
    assert client.get(reverse("groups:group_leave", args=["gt-9", seat.pk])).status_code == 404


def test_who_sits_already_and_who_comes_too_late_is_led_back_with_the_reason(personas, group, sign_in):
    made.seat(group, personas, entity=personas.unicef)
    address = reverse("groups:group_join", args=[group.slug])

    assert "siège déjà dans ce groupe" in sign_in(personas.focal_a).get(address, follow=True).content.decode()
    actions.withdraw_group(group, by=personas.focal_a)
    assert "est clos" in sign_in(personas.secretariat).get(address, follow=True).content.decode()
