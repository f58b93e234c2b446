"""Papers of a group: read by who sits in it, and by contacts of its partners through a pass that ends (M-67)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from core.errors import DomainError
from core.models import OutboxMail
from core.refusals import Refused
from meetings.models import GuestPass
from tests.factories import groups as made
from tests.factories.partners import PartnerContactFactory
from tests.mails import bodies, last_mail
from tests.nets.portal import consume
from tests.workinggroups.test_pages import send
from workinggroups import actions
from workinggroups.models import GroupPass

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def group(personas):
    return made.active(personas)


@pytest.fixture
def guest(group, personas):
    return made.guest(group, personas)


def status(client, address):
    """Of a file that is asked for and not kept open."""
    answer = client.get(address)
    consume(answer)
    return answer.status_code


def opened(client, group_pass):
    return client.get(group_pass.get_absolute_url())


def why(client, group_pass):
    answer = opened(client, group_pass)
    assert answer.status_code == 410
    return answer.content.decode()


# --- Papers ----------------------------------------------------------------------------------------------------------
def test_who_sits_in_the_group_adds_and_reads_and_others_do_not_see_it(personas, group, sign_in):
    client = sign_in(personas.focal_a)
    file = SimpleUploadedFile("Note de cadrage.pdf", b"%PDF-1.7 note")

    send(client, reverse("groups:paper_add", args=[group.slug]), {"title": "Note de cadrage", "file": file})

    address = reverse("groups:paper_file", args=[group.slug, group.papers.get().pk])
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 note"
    assert "Note de cadrage" in client.get(group.get_absolute_url()).content.decode()
    other = sign_in(personas.focal_b)
    assert other.get(address).status_code == 403
    assert "Note de cadrage" not in other.get(group.get_absolute_url()).content.decode()


def test_who_left_the_group_reads_its_papers_no_longer(personas, group, sign_in):
    paper = made.paper(group, personas)
    address = reverse("groups:paper_file", args=[group.slug, paper.pk])
    actions.leave_group(group.members.get(), ends_on=clock.today(), by=personas.secretariat)
    assert status(sign_in(personas.focal_a), address) == 200

    with clock.set_to(clock.now() + DAY):
        assert status(sign_in(personas.focal_a), address) == 403


def test_removed_paper_is_read_by_nobody_and_its_trace_stays(personas, group, guest, client, sign_in):
    paper = made.paper(group, personas)
    to_guest = reverse("group_guests:guest_file", args=[guest.token, paper.pk])
    assert status(client, to_guest) == 200

    actions.remove_paper(paper, by=personas.secretariat)

    assert client.get(to_guest).status_code == 404
    assert sign_in(personas.focal_a).get(reverse("groups:paper_file", args=[group.slug, paper.pk])).status_code == 404
    assert "Papier retiré par" in sign_in(personas.focal_a).get(group.get_absolute_url()).content.decode()
    with pytest.raises(DomainError, match="déjà"):
        actions.remove_paper(paper, by=personas.secretariat)


def test_closed_group_takes_no_paper(personas, group, sign_in):
    actions.close_group(group, note="Fin.", by=personas.secretariat)

    with pytest.raises(actions.GroupIsOver):
        made.paper(group, personas)
    address = reverse("groups:paper_add", args=[group.slug])
    assert "est clos" in sign_in(personas.secretariat).get(address, follow=True).content.decode()


def test_paper_sent_twice_is_one(personas, group, sign_in):
    client, address = sign_in(personas.focal_a), reverse("groups:paper_add", args=[group.slug])
    once = client.get(address).context["form"]["once"].value()

    for _time in range(2):
        file = SimpleUploadedFile("Note.pdf", b"%PDF-1.7 note")
        assert client.post(address, {"title": "Note", "file": file, "once": once}).status_code == 302
    assert group.papers.count() == 1


# --- Passes ----------------------------------------------------------------------------------------------------------
def test_guest_is_written_to_and_reads_the_group_and_its_papers_alone(personas, group, guest, client):
    made.paper(group, personas)
    text = bodies(last_mail())[0]
    page = opened(client, guest).content.decode()

    assert guest.get_absolute_url() in text
    assert "Lien valable jusqu’au" in text
    assert "Note de cadrage" in page
    assert group.need not in page
    assert client.get(group.get_absolute_url()).status_code == 302


def test_pass_ends_on_its_day(group, guest, client):
    with clock.set_to(clock.now() + 30 * DAY):
        assert opened(client, guest).status_code == 200
    with clock.set_to(clock.now() + 31 * DAY):
        assert "a expiré" in why(client, guest)


def test_revoked_pass_opens_nothing_and_the_guest_is_told(personas, guest, client):
    actions.revoke_group_pass(guest, by=personas.secretariat)

    assert "retirée" in why(client, guest)
    assert last_mail()["Subject"].startswith("[RNUM] Vous n’êtes plus invité")
    with pytest.raises(DomainError, match="déjà"):
        actions.revoke_group_pass(guest, by=personas.secretariat)


def test_pass_lapses_with_the_contact_and_with_the_seat_of_the_partner(personas, group, guest, client):
    seat = group.members.get(partner=guest.contact.partner)
    actions.leave_group(seat, ends_on=clock.today(), by=personas.secretariat)
    assert opened(client, guest).status_code == 200
    with clock.set_to(clock.now() + DAY):
        assert "retirée" in why(client, guest)

    seat.ends_on = None
    seat.save()
    guest.contact.ends_on = clock.today()
    guest.contact.save()
    with clock.set_to(clock.now() + DAY):
        assert "retirée" in why(client, guest)


def test_pass_ends_with_the_partner(personas, group, guest, client):
    partner = guest.contact.partner
    partner.ended_on = clock.today()
    partner.save()
    assert opened(client, guest).status_code == 200

    with clock.set_to(clock.now() + DAY):
        assert "retirée" in why(client, guest)
        with pytest.raises(Refused, match="aucun partenaire"):
            actions.invite_to_group(group, contacts=[guest.contact], expires_on=clock.today(), by=personas.secretariat)


def test_pass_of_a_closed_group_opens_nothing(personas, group, guest, client):
    actions.close_group(group, note="Fin.", by=personas.secretariat)

    assert "clos" in why(client, guest)


@pytest.mark.parametrize("token", ["1", "1:abc", "x" * 300])
def test_link_that_the_portal_did_not_make_says_so(client, token):
    answer = client.get(reverse("group_guests:group_guest", args=[token]))

    assert answer.status_code == 410
    assert "n’est pas connu" in answer.content.decode()


def test_pass_to_a_meeting_opens_no_group(guest, client):
    token = GuestPass(pk=guest.pk).token

    assert client.get(reverse("group_guests:group_guest", args=[token])).status_code == 410


def test_contacts_of_partners_that_sit_in_the_group_are_invited_once(personas, group, guest, sign_in):
    second, stranger = made.partner_with_contact(group, personas), PartnerContactFactory()
    client, address = sign_in(personas.secretariat), reverse("groups:group_invite", args=[group.slug])
    offered = client.get(address).context["form"].fields["contacts"].queryset
    assert list(offered) == [second]
    sent = {"contacts": [second.pk], "expires_on": f"{clock.today() + DAY}"}

    client.post(address, sent)
    client.post(address, sent)

    assert GroupPass.objects.count() == 2
    assert OutboxMail.objects.filter(kind="workinggroups.group_pass").count() == 2
    with pytest.raises(Refused, match="aucun partenaire"):
        actions.invite_to_group(group, contacts=[stranger], expires_on=clock.today(), by=personas.secretariat)
    with pytest.raises(Refused, match="est passé"):
        actions.invite_to_group(group, contacts=[second], expires_on=clock.today() - DAY, by=personas.secretariat)


def test_link_is_good_for_a_year_at_most(personas, group):
    contact = made.partner_with_contact(group, personas)
    until = clock.today() + timedelta(days=367)

    with pytest.raises(Refused, match="un an au plus") as refused:
        actions.invite_to_group(group, contacts=[contact], expires_on=until, by=personas.secretariat)

    assert refused.value.field == "expires_on"


def test_with_nobody_left_to_invite_the_page_says_where_contacts_are_named(personas, group, guest, sign_in):
    page = sign_in(personas.secretariat).get(reverse("groups:group_invite", args=[group.slug])).content.decode()

    assert "Plus personne à inviter" in page
    assert reverse("partners:partner_list") in page
    assert 'name="contacts"' not in page


def test_contact_whose_pass_has_expired_is_invited_again(personas, group, guest):
    with clock.set_to(clock.now() + 40 * DAY):
        again = actions.invite_to_group(
            group, contacts=[guest.contact], expires_on=clock.today() + DAY, by=personas.secretariat
        )

    assert [one.contact for one in again] == [guest.contact]
