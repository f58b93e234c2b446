"""Action points and requests of meetings through their pages: who carries them, who answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from meetings import actions
from meetings.models import ActionPoint, MeetingRequest
from members.models import FocalPoint, Membership
from tests.factories import meetings as make
from tests.meetings.asking import NUL, address


def test_action_list_filters_and_counts(personas, sign_in):
    meeting = make.held(personas)
    late = make.action_point(personas, meeting, text="En retard")
    make.action_point(personas, meeting, text="Plus tard", due_on=make.at_ten(90).date())
    make.action_point(personas, meeting, text="Autre entité", responsible=personas.unfpa)
    client, url = sign_in(personas.focal_a), reverse("actions:action_list")

    def shown(**query):
        with make.moved_to(meeting, days=1):
            response = client.get(url, query)
        assert response.status_code == 200
        return [row["point"].text for row in response.context["rows"]]

    assert shown() == ["En retard", "Autre entité", "Plus tard"]
    assert shown(entity="unicef", overdue="on") == [late.text]
    assert shown(state="done") == []
    assert shown(state="nonsense", entity="nobody", page="-1") == shown()
    assert shown(page="9" * 30) == shown()


def test_action_buttons_follow_table_and_permission(personas, sign_in):
    point = make.action_point(personas)
    url = reverse("actions:action_list")

    def offered(user):
        [row] = sign_in(user).get(url).context["rows"]
        return row["may_start"], row["may_close"]

    assert offered(personas.focal_a) == (True, True)
    assert offered(personas.focal_b) == offered(personas.administrator) == (False, False)
    actions.close_action_point(point, note="Fait.", by=personas.focal_a)
    assert offered(personas.focal_a) == (False, False)


def test_action_is_started_and_closed_by_its_entity_only(personas, sign_in):
    point = make.action_point(personas)
    start, close = (reverse(f"actions:action_{verb}", args=[point.pk]) for verb in ("start", "close"))

    refused = [sign_in(personas.focal_b).post(url, {"note": "x"}).status_code for url in (start, close)]
    sign_in(personas.alternate_a).post(start)
    empty = sign_in(personas.alternate_a).post(close, {"note": NUL})
    sign_in(personas.alternate_a).post(close, {"note": "Carte partagée."})

    assert refused == [403, 403]
    assert list(empty.context["form"].errors) == ["note"]
    assert ActionPoint.objects.get().done_note == "Carte partagée."


def test_action_point_is_corrected_and_removed_on_its_pages_until_approval(personas, sign_in):
    meeting = make.held(personas)
    point = make.action_point(personas, meeting)
    edit, remove = (reverse(f"actions:action_{verb}", args=[point.pk]) for verb in ("edit", "remove"))
    client = sign_in(personas.secretariat)
    posted = {"text": "Mieux dit", "responsible": personas.unicef.pk, "due_on": point.due_on, "version": 1}

    saved, stale = client.post(edit, posted), client.post(edit, {**posted, "text": "En retard"})
    asked = client.get(remove)
    make.approve(make.circulate(meeting, personas), personas)
    frozen = client.post(edit, {**posted, "version": 2, "text": "Après coup"})
    client.post(remove)

    assert (saved.status_code, stale.status_code, asked.status_code, frozen.status_code) == (302, 409, 200, 422)
    assert ActionPoint.objects.get().text == "Mieux dit"


def test_person_of_another_entity_is_refused_by_the_field(personas, sign_in):
    point = make.action_point(personas)
    client = sign_in(personas.secretariat)
    posted = {"text": "Agir", "responsible": personas.unicef.pk, "due_on": point.due_on}
    add = address("action_add", point.agenda_item.meeting_id, point.agenda_item_id)

    def answer(url, person, **fields):
        page = client.post(url, {**posted, "person": person.pk, **fields})
        return page.status_code, page.context and list(page.context["form"].errors)

    edit = reverse("actions:action_edit", args=[point.pk])
    assert answer(add, personas.focal_b, once=uuid4()) == (422, ["person"])
    assert answer(edit, personas.focal_b, version=1) == (422, ["person"])
    assert answer(edit, personas.focal_a, version=1) == (302, None)


def test_choices_made_before_stay_on_the_list_after_people_have_left(personas, sign_in):
    point = make.action_point(personas, person=personas.focal_a)
    yesterday = clock.today() - timedelta(days=1)
    FocalPoint.objects.filter(person=personas.focal_a).update(ends_on=yesterday)
    Membership.objects.filter(entity=personas.unicef).update(ends_on=yesterday)
    client, url = sign_in(personas.secretariat), reverse("actions:action_edit", args=[point.pk])
    posted = {"text": "Mieux dit", "responsible": personas.unicef.pk, "person": personas.focal_a.pk}

    client.post(url, {**posted, "due_on": point.due_on, "version": 1})

    assert ActionPoint.objects.get().text == "Mieux dit"


def test_request_sent_twice_is_one_and_is_answered(personas, sign_in):
    posted = {"subject": "Situation dans l’Est", "co_requested_by": [personas.iom.pk], "once": str(uuid4())}
    for _time in range(2):
        sign_in(personas.focal_a).post(address("request_create"), posted)
    asked = MeetingRequest.objects.get()
    url = address("request_answer", asked.pk)

    to_come = [make.draft(personas), make.convened(personas), make.postponed(personas)]
    for state in ("held", "cancelled"):
        make.IN_STATE[state](personas)
    offered = sign_in(personas.co_chair_iom).get(url).context["form"].fields["meeting"].queryset
    assert set(offered) == set(to_come)
    refused = sign_in(personas.co_chair_iom).post(url, {"answer": "declined"})
    sign_in(personas.co_chair_iom).post(url, {"answer": "declined", "reason": "Déjà à l’ordre du jour."})

    assert list(refused.context["form"].errors) == ["reason"]
    assert MeetingRequest.objects.get().reason == "Déjà à l’ordre du jour."
    assert sign_in(personas.focal_b).get(url).status_code == 403


def requests_seen(page):
    """The part of the list of meetings that tells the requests."""
    return page.content.decode().partition('id="demandes"')[2].partition("<h2")[0].replace("\xa0", " ")


def test_a_request_is_withdrawn_in_the_list_by_its_entity_while_nobody_answered(personas, sign_in):
    asked = actions.request_meeting(requested_by=personas.unicef, subject="Est", by=personas.focal_a)
    listed, withdraw = address("meeting_list"), address("request_withdraw", asked.pk)

    offered = {one for one in personas.all if withdraw in sign_in(personas.all[one]).get(listed).content.decode()}
    client = sign_in(personas.alternate_a)
    client.post(withdraw)
    again = client.post(withdraw, follow=True)

    assert offered == {"focal_a", "alternate_a"}
    assert "Retirée" in requests_seen(again)
    assert withdraw not in requests_seen(again)
    assert [message.level_tag for message in again.context["messages"]] == ["success", "error"]


def test_a_request_names_its_meeting_also_in_preparation_and_says_when_it_left_the_agenda(personas, sign_in):
    meeting = make.draft(personas, title="Réunion de décembre")
    asked = actions.request_meeting(requested_by=personas.unicef, subject="Est", by=personas.focal_a)
    asked = actions.answer_meeting_request(asked, answer="added_to_agenda", meeting=meeting, by=personas.co_chair_iom)
    link = f'href="{meeting.get_absolute_url()}"'

    member, officer = (sign_in(one).get(address("meeting_list")) for one in (personas.focal_a, personas.secretariat))
    remove = address("item_remove", meeting.pk, asked.item.pk)
    warned = sign_in(personas.secretariat).get(remove).content.decode()
    sign_in(personas.secretariat).post(remove)
    after = sign_in(personas.focal_a).get(address("meeting_list"))

    assert "Réunion de décembre (en préparation)" in requests_seen(member)
    assert (link in requests_seen(member), link in requests_seen(officer)) == (False, True)
    assert "attendra de nouveau une réponse" in warned
    assert "Réponse attendue" in requests_seen(after)


@pytest.mark.parametrize(("verb", "field", "outsider"), [("edit", "text", "focal_b"), ("close", "note", "partner")])
def test_what_was_typed_on_an_action_point_removed_meanwhile_comes_back(personas, sign_in, verb, field, outsider):
    point = make.action_point(personas)
    client, url = sign_in(personas.secretariat), reverse(f"actions:action_{verb}", args=[point.pk])
    assert client.get(url).status_code == 200
    actions.remove_action_point(point, by=personas.secretariat)

    refused = client.post(url, {field: "Mon texte"})

    assert (refused.status_code, refused.context["form"][field].value()) == (409, "Mon texte")
    assert "a été retiré" in refused.content.decode()
    assert client.get(url).status_code == 404
    assert sign_in(personas.all[outsider]).post(url, {field: "x"}).status_code in {403, 404}
