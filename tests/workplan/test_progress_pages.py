"""The year of a plan through its pages: progress, funds and the check of rights of each activity."""

from uuid import uuid4

import pytest

from tests.factories import workplan as made
from tests.workplan.asking import progress_data, url
from workplan import actions
from workplan.models import Activity, BudgetLine, QuarterReport


@pytest.mark.parametrize("who", ["focal_a", "alternate_a", "focal_b", "secretariat"])
def test_progress_is_reported_from_the_page_of_the_activity(personas, sign_in, who):
    activity = made.in_execution(personas).activities.get()

    response = sign_in(getattr(personas, who)).post(url("progress_report", 2026, "1.1"), progress_data(activity))

    assert response.status_code == 302
    assert (QuarterReport.objects.get().quarter, activity.indicators.get().by_quarter[3]) == (3, 2.5)
    assert BudgetLine.objects.get(funder__isnull=False).spent == 9_000


@pytest.mark.parametrize("who", ["group_chair", "rc_office", "administrator", "co_chair_ohchr"])
def test_progress_is_refused_to_those_who_do_not_take_part(personas, sign_in, who):
    activity = made.in_execution(personas).activities.get()

    response = sign_in(getattr(personas, who)).post(url("progress_report", 2026, "1.1"), progress_data(activity))

    assert (response.status_code, QuarterReport.objects.count()) == (403, 0)


def test_stale_update_keeps_what_was_typed_and_shows_what_stands(personas, sign_in):
    activity = made.in_execution(personas).activities.get()
    data = progress_data(activity, note="Mon texte à moi")
    actions.report_progress(
        activity, quarter=3, status="delayed", progress_percent=33, version=activity.version, by=personas.alternate_a
    )

    response = sign_in(personas.focal_a).post(url("progress_report", 2026, "1.1"), data)

    assert response.status_code == 409
    differing = {str(row.label): (row.mine, row.theirs) for row in response.context["progress_form"].conflict}
    assert differing["Avancement en pour cent"][1] == "33"
    assert response.context["progress_form"]["note"].value() == "Mon texte à moi"
    assert QuarterReport.objects.get().progress_percent == 33


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"status": "completed"}, "progress_percent"),
        ({"status": "not_started"}, "progress_percent"),
        ({"progress_percent": 101}, "progress_percent"),
        ({"status": "finie"}, "status"),
        ({"note": "a" * 10_000}, "note"),
    ],
)
def test_update_that_is_wrong_says_so_by_the_field(personas, sign_in, fields, field):
    activity = made.in_execution(personas).activities.get()

    response = sign_in(personas.focal_a).post(url("progress_report", 2026, "1.1"), progress_data(activity, **fields))

    assert (response.status_code, list(response.context["progress_form"].errors)) == (422, [field])
    assert Activity.objects.get().progress_percent == 0


@pytest.mark.parametrize(("unit", "typed"), [("profils", "-40"), ("%", "-5"), ("%", "143")])
def test_value_that_cannot_be_is_refused_by_its_field(personas, sign_in, unit, typed):
    activity = made.in_execution(personas, unit=unit).activities.get()
    name = f"value_{activity.indicators.get().pk}"

    response = sign_in(personas.focal_a).post(
        url("progress_report", 2026, "1.1"), progress_data(activity, **{name: typed})
    )

    form = response.context["progress_form"]
    assert (response.status_code, list(form.errors), form[name].value()) == (422, [name], typed)
    assert activity.indicators.get().values.count() == 0


def test_count_may_pass_one_hundred(personas, sign_in):
    activity = made.in_execution(personas).activities.get()
    name = f"value_{activity.indicators.get().pk}"

    sign_in(personas.focal_a).post(url("progress_report", 2026, "1.1"), progress_data(activity, **{name: "143"}))

    assert activity.indicators.get().by_quarter[3] == 143


def test_more_spent_than_mobilised_is_said_by_the_amount(personas, sign_in):
    activity = made.in_execution(personas).activities.get()
    line = activity.budget_lines.get(funder__isnull=False)
    data = progress_data(activity, **{f"spent_{line.pk}": 30_001})

    response = sign_in(personas.focal_a).post(url("progress_report", 2026, "1.1"), data)

    assert list(response.context["progress_form"].errors) == [f"spent_{line.pk}"]


def test_funds_and_rights_check_are_recorded_through_their_pages(personas, sign_in):
    activity = made.in_execution(personas).activities.get()
    funder = made.funder("Fondation")

    sign_in(personas.focal_a).post(
        url("funding_add", 2026, "1.1"), {"funder": funder.pk, "mobilised": 5_000, "once": uuid4()}
    )
    sign_in(personas.co_chair_ohchr).post(
        url("rights_check", 2026, "1.1"), {"on": "2026-06-15", "entity": personas.ohchr.pk, "version": activity.version}
    )

    activity.refresh_from_db()
    assert BudgetLine.objects.get(funder=funder).mobilised == 5_000
    assert activity.rights_checked_by_entity == personas.ohchr


def test_second_rights_check_sees_the_first_before_it_takes_its_place(personas, sign_in):
    """Two windows: the one that saves last is told what stands since, and may then save it knowingly."""
    activity = made.in_execution(personas).activities.get()
    address = url("rights_check", 2026, "1.1")
    data = {"on": "2026-06-15", "entity": personas.ohchr.pk, "version": activity.version}
    sign_in(personas.co_chair_ohchr).post(address, data)

    stale = sign_in(personas.secretariat).post(address, {**data, "on": "2026-05-04", "entity": personas.iom.pk})

    activity.refresh_from_db()
    assert (stale.status_code, activity.rights_checked_by_entity) == (409, personas.ohchr)
    differing = [(row.mine, row.theirs) for row in stale.context["form"].conflict]
    assert differing == [("4 mai 2026", "15 juin 2026"), ("OIM", "HCDH")]
    known = {"on": "2026-05-04", "entity": personas.iom.pk, "version": stale.context["form"]["version"].value()}
    assert sign_in(personas.secretariat).post(address, known).status_code == 302
    page = sign_in(personas.secretariat).get(address)
    assert page.context["form"]["entity"].value() == personas.iom.pk


def test_own_activities_say_what_the_entity_leads_and_what_it_contributes_to(personas, sign_in):
    plan = made.in_execution(personas)
    address = url("own_activities", plan.year) + "?trimestre=1"

    lead, contributing = (
        sign_in(user).get(address).context["table"].rows for user in (personas.focal_a, personas.focal_b)
    )

    assert (len(lead), len(contributing)) == (1, 1)
    assert lead[0][2] != contributing[0][2]
