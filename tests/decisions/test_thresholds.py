"""Thresholds of the mandate board: the mandate has no number, so the rules of procedure do (clause M-61)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from core import clock
from core.errors import StaleVersion
from core.models import JournalEvent
from decisions import actions, procedure, thresholds
from frameworks.measures import measures, usual
from tests.factories import procedure as made

pytestmark = pytest.mark.django_db
PLENARY = "days_since_last_plenary"


def change(draft, by, key=PLENARY, target=80, limit=100):
    return actions.edit_threshold(draft, key, target=target, limit=limit, version=draft.version, by=by)


def edit_url(draft, key=PLENARY):
    return reverse("procedure:threshold_edit", args=[draft.pk, key])


def test_every_measure_leaves_room_between_kept_and_missed_within_its_whole():
    for one in measures().values():
        assert one.leaves_room(one.target, one.limit), one.key
        assert min(one.target, one.limit) >= 0, one.key
        assert max(one.target, one.limit) <= one.largest, one.key


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (PLENARY, "conforme : 92 jours au plus ; manquement : plus de 107 jours"),
        ("profiles_fresh", "conforme : 90 % au moins ; manquement : moins de 70 %"),
        ("gcm_coverage", "conforme : 20 sur 23 au moins ; manquement : moins de 15 sur 23"),
        ("sdg_alignment", "conforme : 100 % ; manquement : moins de 90 %"),
        ("overlaps_unresolved", "conforme : 0 ; manquement : plus de 2"),
        ("external_engagements_90d", "conforme : 3 au moins ; manquement : moins de 1"),
    ],
)
def test_threshold_says_what_is_kept_and_what_is_missed(key, words):
    one = next(one for one in thresholds.of(made.in_force()) if one.measure.key == key)

    assert one.words.replace("\u00a0", " ").replace("\u202f", " ") == words


def test_network_begins_with_the_usual_thresholds(db):
    assert made.in_force().thresholds == usual()


def test_measure_younger_than_the_version_has_its_usual_threshold(personas):
    draft = made.draft(personas)
    del draft.thresholds[PLENARY]

    assert [(one.target, one.limit) for one in thresholds.of(draft) if one.measure.key == PLENARY] == [(92, 107)]


def test_changed_threshold_is_in_force_from_the_day_of_its_version(personas):
    draft = change(made.draft(personas, starts_on=clock.today() + timedelta(days=3)), personas.secretariat)
    made.adopt(made.brought(draft, personas), personas)

    assert procedure.in_force(clock.today()).thresholds[PLENARY] == [92, 107]
    assert procedure.in_force(clock.today() + timedelta(days=3)).thresholds == {**usual(), PLENARY: [80, 100]}


def test_version_that_changes_a_threshold_alone_is_proposed_and_says_so(personas):
    draft = change(made.draft(personas, silence_days=None), personas.secretariat)

    actions.check_proposable(draft)

    [(name, before, after)] = procedure.changes(procedure.last_adopted(), draft)
    assert "M-44" in name
    assert "92" in before
    assert "80" in after
    assert "92" in procedure.text_of_decision(procedure.last_adopted(), draft)


def test_journal_says_which_threshold_was_changed_from_what_to_what(personas, sign_in):
    draft = change(made.draft(personas), personas.secretariat)

    assert JournalEvent.objects.get(verb="decisions.edit_threshold").data == {
        "measure": PLENARY, "from": [92, 107], "to": [80, 100],
    }  # fmt: skip
    page = sign_in(personas.secretariat).get(draft.get_absolute_url()).content.decode()
    assert "Jours depuis la dernière réunion plénière" in page


@pytest.mark.parametrize(
    ("key", "target", "limit", "field"),
    [
        (PLENARY, 100, 99, "limit"),
        ("profiles_fresh", 70, 80, "limit"),
        ("profiles_fresh", 101, 80, "target"),
        ("gcm_coverage", 24, 3, "target"),
        (PLENARY, 10, 1001, "limit"),
        (PLENARY, -1, 10, "target"),
    ],
)
def test_numbers_that_cannot_be_are_refused_by_their_field(personas, sign_in, key, target, limit, field):
    draft = made.draft(personas)
    with pytest.raises(actions.ThresholdRefused) as refused:
        change(draft, personas.secretariat, key, target, limit)

    answer = sign_in(personas.secretariat).post(
        edit_url(draft, key), {"target": target, "limit": limit, "version": draft.version}
    )

    assert refused.value.field == field
    assert list(answer.context["form"].errors) == [field]
    assert f'value="{target}"' in answer.content.decode()
    draft.refresh_from_db()
    assert draft.thresholds == usual()


def test_threshold_of_a_frozen_version_is_not_changed(personas, sign_in):
    adopted = made.adopted(personas)

    with pytest.raises(actions.TextIsFrozen):
        change(adopted, personas.secretariat)

    answer = sign_in(personas.secretariat).get(edit_url(adopted), follow=True)
    assert answer.redirect_chain[0][0] == reverse("procedure:threshold_list", args=[adopted.pk])
    assert "est arrêtée" in answer.content.decode()


def test_stale_page_shows_what_was_saved_meanwhile(personas, sign_in):
    draft = made.draft(personas)
    client = sign_in(personas.co_chair_iom)
    change(draft, personas.secretariat)

    answer = client.post(edit_url(draft), {"target": 85, "limit": 100, "version": draft.version})

    with pytest.raises(StaleVersion):
        change(draft, personas.co_chair_iom)
    assert [(one.mine, one.theirs) for one in answer.context["form"].conflict] == [("85", "80")]


def test_unknown_measure_is_not_found(personas, sign_in):
    draft = made.draft(personas)

    assert sign_in(personas.secretariat).get(edit_url(draft, "inconnue")).status_code == 404


def test_list_offers_the_change_to_who_prepares_the_version_alone(personas, sign_in):
    draft = made.proposed(personas)
    address = reverse("procedure:threshold_list", args=[draft.pk])

    def links(person):
        page = html.document_fromstring(sign_in(person).get(address).content.decode())
        assert len(page.xpath("//tbody/tr")) == len(measures())
        return page.xpath("//tbody//a[contains(@href, 'modifier')]")

    assert len(links(personas.secretariat)) == len(measures())
    assert links(personas.focal_a) == []


@pytest.mark.parametrize(("target", "limit"), [("largest", 0), (1, 0)])
def test_bounds_of_a_measure_are_numbers_of_it(personas, target, limit):
    """Nought and the largest number are possible; each writing is one version further."""
    draft, key = made.draft(personas), "profiles_fresh"
    target = measures()[key].largest if target == "largest" else target

    once = change(draft, personas.secretariat, key, target, limit)
    twice = change(once, personas.secretariat, key, target, limit)

    assert once.thresholds[key] == [target, limit]
    assert (once.version, twice.version) == (draft.version + 1, draft.version + 2)
