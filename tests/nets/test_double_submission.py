"""A form sent again makes nothing twice, and whoever saves an older page gets both texts back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core import clock
from tests.nets.portal import counts, filled, forms_of, post, undone

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
SOON = (clock.today() + timedelta(days=30)).isoformat()
PAST = (clock.today() - timedelta(days=1)).isoformat()
# What a form needs beyond what its page shows.
GIVEN = {
    "decisions:position_record": {"stance": "supports"},
    "decisions:paragraph_comment": {"wording": "D’autres mots que ceux du paragraphe."},
    "members:term_record": {"seat": "rotating", "starts_on": "2020-01-01", "ends_on": "2020-12-31"},
    "members:membership_record": {"starts_on": "2019-01-01", "ends_on": "2019-12-31"},
    "groups:group_propose": {"terms": "1. Objet : tenir un catalogue."},
    "groups:terms_propose": {"terms_text": "1. Objet : tenir une carte."},
    "groups:meeting_convene": {"place": "Bureau de l’OIM"},
    "members:entity_add": {"slug": "pam", "website": ""},
    "meetings:meeting_create": {
        "day": SOON, "start": "10:00", "end": "12:00", "venue": "iom", "online_link": "https://visio.example.org/x",
        "room": "", "venue_reason": "",
    },
    "meetings:year_plan": {
        "year": "2027", "q1": "2027-02-09", "q2": "", "q3": "", "q4": "", "start": "10:00", "end": "12:00",
        "venue": "iom", "online_link": "https://visio.example.org/x", "room": "", "venue_reason": "",
    },
    "workplan:plan_create": {"year": "2090", "xof_per_usd": "600"},
    "workplan:consultation_add": {"held_on": PAST},
    "workplan:funding_add": {"mobilised": "1 000"},
    "meetings:action_add": {"due_on": SOON},
    # A row without a source is what has none yet, or an empty row.
    "workplan:activity_add": {"is_national": "on", "in_q1": "on", "budget-0-funder": "", "budget-1-funder": ""},
    "workplan:activity_edit": {f"budget-{row}-funder": "" for row in (1, 2, 3)},
}  # fmt: skip

# Both seats of the world are called for already, and who could be a candidate no page can say: test_nomination sends
# these two twice. A file is no pair of words: test_imports and test_papers send theirs twice.
ELSEWHERE = {"nominations:nomination_open", "nominations:candidacy_put", "imports:import_check", "groups:paper_add"}


NOT_PROSE = {"web_pages", "replaced"}  # addresses, numbers of the register


def forms_with(portal, field):
    """Forms that send a field of that name, each with the person who sees it."""
    return [(who, form) for who, form in portal.forms if field in form.names and form.route not in ELSEWHERE]


def test_every_form_carries_the_token_without_which_nothing_is_received(portal):
    assert {form.route for _persona, form in portal.forms if not form.is_guarded} == {"ui"}  # examples


def test_a_creating_form_sent_twice_makes_one_thing(portal):
    twice, nothing = {}, []
    for persona, form in forms_with(portal, "once"):
        with undone():
            before, pairs = counts(), filled(form, **GIVEN.get(form.route, {}))
            first = post(portal.client(persona), form.action, pairs)
            once = counts()
            second = post(portal.client(persona), form.action, pairs)
            if first.status_code != 302 or once == before:
                nothing.append((form.route, first.status_code))
            if (counts(), second.status_code) != (once, first.status_code):
                twice[form.route] = second.status_code

    assert (twice, nothing) == ({}, [])


def test_a_creating_form_that_lost_its_token_comes_back_with_another(portal):
    """Sent without it, nothing is made; sent again as the page came back, one thing is."""
    wrong = {}
    for persona, form in forms_with(portal, "once"):
        with undone():
            before, pairs = counts(), filled(form, **GIVEN.get(form.route, {}))
            without = [(name, value) for name, value in pairs if name != "once"]
            refused = post(portal.client(persona), form.action, without)
            untouched = counts() == before
            again = [one for one in forms_of(refused) if one.route == form.route and "once" in one.names]
            token = again[0].field("once").values if again else ()
            accepted = post(portal.client(persona), form.action, [*without, *(("once", value) for value in token)])
            if (untouched, accepted.status_code) != (True, 302) or counts() == before:
                wrong[form.route] = (refused.status_code, untouched, token, accepted.status_code)

    assert wrong == {}


def test_a_stale_page_gives_both_texts_back(portal):
    wrong = {}
    for persona, form in forms_with(portal, "version"):
        prose = (one.name for one in form.fields if one.kind in {"text", "textarea"} and one.name not in NOT_PROSE)
        field = next(prose, None)
        if field is None:
            continue
        with undone():
            given = dict(GIVEN.get(form.route, {}))
            if form.route == "meetings:attendance":
                given = {field.replace("name", "person"): ""}  # a line names one person
            first = post(portal.client(persona), form.action, filled(form, **{**given, field: "Texte enregistré"}))
            given["once"] = str(uuid4())  # the page of another tab
            second = post(portal.client(persona), form.action, filled(form, **{**given, field: "Texte du retard"}))
            page = second.content.decode()
            kept = "Texte enregistré" in page and "Texte du retard" in page
            if (first.status_code, second.status_code, kept) != (302, 409, True):
                wrong[form.route] = (field, first.status_code, second.status_code, kept)

    assert wrong == {}
