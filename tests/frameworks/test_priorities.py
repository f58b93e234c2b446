"""The national rows: kept by the secretariat, journalled, never in a circle, never lost."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import journal
from core.errors import DomainError, StaleVersion
from core.models import JournalEvent
from frameworks import actions
from frameworks.models import GcmObjective, NationalPriority
from tests.factories.frameworks import NationalPriorityFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/mandat/cadres/"


def values(**changed):
    same = {"kind": "framework", "title_fr": "Cadre", "title_en": "Framework", "parent": None, "note": "", "source": ""}
    return {**same, "gcm_objectives": [], **changed}


def edit(priority, **changed):
    return partial(actions.edit_national_priority, priority, **{"version": 1, **values(**changed)}, by=UserFactory())


def add(**changed):
    return partial(actions.add_national_priority, **{"code": "SND-A1", **values(**changed)}, by=UserFactory())


def snapshot():
    links = NationalPriority.gcm_objectives.through.objects
    return list(NationalPriority.objects.order_by("pk").values()), list(links.order_by("pk").values())


ACTS = {
    "add_national_priority": lambda: add(),
    "edit_national_priority": lambda: edit(NationalPriorityFactory(), gcm_objectives=GcmObjective.objects.all()),
}


@pytest.mark.parametrize("verb", ACTS)
def test_action_writes_one_line_in_the_journal(verb):
    priority = ACTS[verb]()()

    event = JournalEvent.objects.get()
    assert (event.verb, event.object_id) == (f"frameworks.{verb}", str(priority.pk))


@pytest.mark.parametrize("verb", ACTS)
def test_action_is_undone_when_the_journal_fails(verb, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the journal is broken")

    act = ACTS[verb]()
    before = snapshot()
    monkeypatch.setattr(journal, "record", fail)

    with pytest.raises(RuntimeError):
        act()

    assert snapshot() == before


def test_added_row_comes_last_and_is_the_secretariats():
    parent = NationalPriority.objects.get(slug="pnms")

    priority = add(kind="axis", parent=parent)()

    assert NationalPriority.objects.in_order().last() == priority
    assert (priority.slug, priority.code, priority.parent) == ("snd-a1", "SND-A1", parent)
    assert priority.version > 1


def test_code_taken():
    add()()

    with pytest.raises(actions.CodeTaken):
        add()()


@pytest.mark.parametrize("kind", ["axis", "priority"])
def test_line_without_its_framework(kind):
    with pytest.raises(actions.PriorityMisplaced):
        add(kind=kind)()


def test_line_without_its_framework_in_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        NationalPriorityFactory(kind="axis")


def test_row_inside_itself():
    priority = NationalPriorityFactory()
    child = NationalPriorityFactory(parent=priority)

    for above in (priority, child):
        with pytest.raises(DomainError):
            edit(priority, parent=above)()


def test_edit_from_an_older_page():
    priority = NationalPriorityFactory()
    edit(priority, title_fr="Premier")()

    with pytest.raises(StaleVersion):
        edit(priority, title_fr="Second")()

    priority.refresh_from_db()
    assert (priority.title_fr, priority.version) == ("Premier", 2)


# --- Pages ----------------------------------------------------------------------------------------------------------
def test_frameworks_page_shows_each_list_by_its_anchor(personas, sign_in):
    page = sign_in(personas.focal_a).get(LIST).content.decode()

    for anchor in ["pmm", "principes", "odd", "agenda-2063", "mpfa", "cedeao", "priorites-nationales", "regions"]:
        assert f'id="{anchor}"' in page
        assert f'href="#{anchor}"' in page
    assert 'id="gcm-23"' in page
    assert 'id="sen2050-gov"' in page


def test_frameworks_page_is_public_and_offers_no_change(client):
    page = client.get(LIST)

    assert page.status_code == 200
    assert "/modifier/" not in page.content.decode()


def test_frameworks_page_costs_as_much_with_more_rows(personas, sign_in, django_assert_num_queries):
    for more in (1, 3):
        NationalPriorityFactory.create_batch(more)
        client = sign_in(personas.focal_a)
        with django_assert_num_queries(12):
            client.get(LIST)


def test_national_rows_are_edited_by_the_secretariat_only(personas, sign_in):
    urls = [reverse("frameworks:priority_add"), reverse("frameworks:priority_edit", args=["sen2050"])]

    for url in urls:
        answers = {who: sign_in(user).get(url).status_code for who, user in personas.all.items()}
        assert answers == {who: {"visitor": 302, "secretariat": 200}.get(who, 403) for who in personas.all}


def test_official_row_has_no_edit_page(personas, sign_in):
    url = reverse("frameworks:priority_edit", args=["gcm-07"])

    assert sign_in(personas.secretariat).get(url).status_code == 404


def test_double_click_adds_one_row(personas, sign_in):
    client, before = sign_in(personas.secretariat), NationalPriority.objects.count()
    form = {"once": str(uuid4()), "code": "SND-A1", "kind": "framework", "title_fr": "Cadre", "title_en": "Framework"}

    answers = [client.post(reverse("frameworks:priority_add"), form).url for _click in range(2)]

    assert answers == [f"{LIST}#snd-a1"] * 2
    assert NationalPriority.objects.count() == before + 1


def test_stale_page_is_answered_409_and_keeps_the_text(personas, sign_in):
    priority = NationalPriorityFactory()
    client, url = sign_in(personas.secretariat), reverse("frameworks:priority_edit", args=[priority.slug])
    form = {"kind": "framework", "title_fr": "Le mien", "title_en": "Mine", "version": 1}
    client.post(url, {**form, "title_fr": "L’autre"})

    page = client.post(url, form)

    assert page.status_code == 409
    assert page.context["form"]["title_fr"].value() == "Le mien"
    assert [(row.mine, row.theirs) for row in page.context["form"].conflict] == [("Le mien", "L’autre")]
    assert client.post(url, {**form, "version": page.context["form"]["version"].value()}).status_code == 302


@pytest.mark.parametrize("value", ["\0", "x" * 10_000, "2026-13-45", "9" * 5000, "-1", "\u3000"])
def test_hostile_input_changes_nothing_and_never_breaks(personas, sign_in, value):
    names = ["code", "kind", "parent", "title_fr", "title_en", "gcm_objectives", "note", "source", "once", "version"]
    client, before = sign_in(personas.secretariat), snapshot()

    for url in [reverse("frameworks:priority_add"), reverse("frameworks:priority_edit", args=["sen2050"])]:
        page = client.post(url, dict.fromkeys(names, value))
        assert page.status_code == 422
        assert page.context["form"].errors

    assert snapshot() == before
