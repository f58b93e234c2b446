"""A plan is drafted through its pages: what is refused is kept, what is sent twice is one."""

import re
from uuid import uuid4

import pytest

from tests.factories import workplan as made
from tests.workplan.asking import activity_data, management, url
from workplan import actions
from workplan.models import Activity, Funder, Outcome, PlanConsultation, WorkPlan


def test_plan_is_opened_once_for_a_double_click(personas, sign_in):
    data = {"year": 2027, "title": "PTA 2027", "xof_per_usd": "600,5", "once": uuid4()}
    client = sign_in(personas.co_chair_iom)

    answers = [client.post(url("plan_create"), data) for _click in range(2)]

    assert [answer.headers["Location"] for answer in answers] == ["/pta/2027/"] * 2
    assert [(plan.year, float(plan.xof_per_usd)) for plan in WorkPlan.objects.all()] == [(2027, 600.5)]


def test_second_plan_of_a_year_is_refused_on_the_form(personas, sign_in):
    made.draft(personas)
    data = {"year": 2026, "title": "Encore", "xof_per_usd": 600, "once": uuid4()}

    response = sign_in(personas.secretariat).post(url("plan_create"), data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["year"]


def test_stale_title_keeps_what_was_typed_and_shows_what_stands(personas, sign_in):
    plan = made.draft(personas)
    WorkPlan.objects.update(version=2, title="Plus récent")

    response = sign_in(personas.secretariat).post(
        url("plan_edit", plan.year), {"title": "Le mien", "xof_per_usd": 600, "version": 1}
    )

    assert response.status_code == 409
    assert [(row.mine, row.theirs) for row in response.context["form"].conflict] == [("Le mien", "Plus récent")]
    assert response.context["form"]["title"].value() == "Le mien"


def test_outcome_consultation_and_funder_are_added_through_their_pages(personas, sign_in):
    made.draft(personas)
    client = sign_in(personas.secretariat)

    client.post(url("outcome_add", 2026), {"title_fr": "Gouvernance", "once": uuid4()})
    client.post(
        url("consultation_add", 2026),
        {"held_on": "2025-11-20", "with_whom": "Administrations", "is_government": "on", "once": uuid4()},
    )
    client.post(url("funder_add"), {"name": "Fondation", "kind": "private", "once": uuid4()})

    assert list(Outcome.objects.order_by("number").values_list("number", "title_fr"))[1:] == [(2, "Gouvernance")]
    assert PlanConsultation.objects.get().is_government is True
    assert Funder.objects.filter(name="Fondation", kind="private").count() == 1


def test_outcome_without_activities_is_removed_from_its_page(personas, sign_in):
    plan = made.draft(personas)
    actions.add_outcome(plan, title_fr="De trop", by=personas.secretariat)
    client = sign_in(personas.secretariat)

    assert client.get(url("outcome_edit", 2026, 2)).context["remove_url"] == url("outcome_remove", 2026, 2)
    client.post(url("outcome_remove", 2026, 2))

    assert [row.number for row in plan.outcomes.all()] == [1]


def test_stale_outcome_keeps_what_was_typed_and_shows_what_stands(personas, sign_in):
    plan = made.draft(personas)
    Outcome.objects.update(version=2, title_fr="Plus récent")

    response = sign_in(personas.secretariat).post(
        url("outcome_edit", plan.year, 1), {"title_fr": "Le mien", "title_en": "", "version": 1}
    )

    assert response.status_code == 409
    assert ("Le mien", "Plus récent") in {(row.mine, row.theirs) for row in response.context["form"].conflict}
    assert response.context["form"]["title_fr"].value() == "Le mien"


def test_focal_point_adds_an_activity_of_the_own_entity_only(personas, sign_in):
    plan = made.draft(personas, activities=0)
    outcome, token = plan.outcomes.get(), uuid4()
    client = sign_in(personas.focal_a)
    foreign_data = activity_data(personas, outcome=outcome.pk, lead=personas.unwomen.pk, once=uuid4())

    foreign = client.post(url("activity_add", 2026), foreign_data)
    own = [
        client.post(url("activity_add", 2026), activity_data(personas, outcome=outcome.pk, once=token))
        for _click in range(2)
    ]

    assert (foreign.status_code, list(foreign.context["form"].errors)) == (422, ["lead"])
    assert [answer.headers["Location"] for answer in own] == ["/pta/2026/activites/1.1/"] * 2
    activity = Activity.objects.get()
    assert [(line.funder, line.planned) for line in activity.budget_lines.all()] == [(None, 12_000)]
    assert [(row.label, row.target) for row in activity.indicators.all()] == [("Personnes appuyées", 250)]


def test_focal_point_does_not_edit_another_entity_s_activity(personas, sign_in):
    made.draft(personas)

    assert sign_in(personas.focal_b).get(url("activity_edit", 2026, "1.1")).status_code == 403


def test_edit_form_holds_what_the_activity_is_and_saves_it_again(personas, sign_in):
    activity = made.draft(personas).activities.get()
    client = sign_in(personas.focal_a)
    page = client.get(url("activity_edit", 2026, "1.1"))
    funder = activity.budget_lines.get(funder__isnull=False).funder

    assert [form.initial for form in page.context["lines"].initial_forms] == [
        {"funder": str(funder.pk), "planned": 30_000, "mobilised": 30_000},
        {"funder": "", "planned": 20_000, "mobilised": 0},
    ]
    data = activity_data(
        personas, version=activity.version, contributing=[personas.unfpa.pk],
        **{"indicateurs-0-code": "1.1-I1", "budget-0-funder": funder.pk, "budget-0-mobilised": 12_000},
    )  # fmt: skip
    response = client.post(url("activity_edit", 2026, "1.1"), data)

    assert response.status_code == 302
    activity.refresh_from_db()
    assert (activity.title, activity.version) == ("Cliniques juridiques", 2)
    assert list(activity.contributing.all()) == [personas.unfpa]
    assert [row.code for row in activity.indicators.all()] == ["1.1-I1"]


def test_stale_activity_keeps_what_was_typed_and_shows_what_stands(personas, sign_in):
    made.draft(personas)
    Activity.objects.update(version=3, title="Titre plus récent")

    response = sign_in(personas.focal_a).post(url("activity_edit", 2026, "1.1"), activity_data(personas, version=1))

    assert response.status_code == 409
    differing = {str(row.label): (row.mine, row.theirs) for row in response.context["form"].conflict}
    assert differing["Activité"] == ("Cliniques juridiques", "Titre plus récent")
    assert response.context["form"]["title"].value() == "Cliniques juridiques"


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"budget-0-mobilised": "5"}, "lines"),
        ({"budget-0-planned": "-5"}, "lines"),
        ({"budget-0-planned": "9" * 5_000}, "lines"),
        ({"budget-0-funder": "999999"}, "lines"),
        ({"indicateurs-0-target": "beaucoup"}, "indicators"),
        ({"indicateurs-0-target": "-1"}, "indicators"),
        ({"indicateurs-0-unit": "%"}, "indicators"),
        ({"indicateurs-0-label": "a" * 10_000}, "indicators"),
    ],
)
def test_rows_that_are_wrong_say_so_and_save_nothing(personas, sign_in, fields, part):
    plan = made.draft(personas, activities=0)
    data = activity_data(personas, outcome=plan.outcomes.get().pk, once=uuid4(), **fields)

    response = sign_in(personas.secretariat).post(url("activity_add", 2026), data)

    assert response.status_code == 422
    assert [bool(row) for row in response.context[part].errors] == [True]
    assert Activity.objects.count() == 0


def test_same_source_twice_is_refused_on_the_form(personas, sign_in):
    plan = made.draft(personas, activities=0)
    data = activity_data(personas, outcome=plan.outcomes.get().pk, once=uuid4(), **management("budget", 2))
    data |= {"budget-1-funder": "", "budget-1-planned": "5"}

    response = sign_in(personas.secretariat).post(url("activity_add", 2026), data)

    assert (response.status_code, [list(row) for row in response.context["lines"].errors]) == (422, [[], ["funder"]])


def test_one_more_line_is_added_without_judging_or_saving_what_was_typed(personas, sign_in):
    plan = made.draft(personas, activities=0)
    data = activity_data(personas, outcome=plan.outcomes.get().pk, title="", once=uuid4())
    data |= {"budget-0-planned": "12 mille"}

    page = sign_in(personas.focal_a).post(url("activity_add", 2026) + "?ajouter=budget", data)

    assert (page.status_code, Activity.objects.count()) == (200, 0)
    lines = page.context["lines"]
    assert (len(lines.forms), lines.forms[0]["planned"].value()) == (2, "12 mille")
    assert "invalid-feedback" not in page.content.decode()
    assert 'formaction="?ajouter=indicateurs#indicateurs"' in page.content.decode()


def test_lines_grow_up_to_their_limit(personas, sign_in):
    plan = made.draft(personas, activities=0)
    data = activity_data(personas, outcome=plan.outcomes.get().pk, once=uuid4(), **management("budget", 14))

    page = sign_in(personas.focal_a).post(url("activity_add", 2026) + "?ajouter=budget", data)

    assert (len(page.context["lines"].forms), page.context["lines"].may_grow) == (15, False)
    assert 'formaction="?ajouter=budget' not in page.content.decode()


def test_error_of_a_row_names_the_row(personas, sign_in):
    plan = made.draft(personas, activities=0)
    data = activity_data(personas, outcome=plan.outcomes.get().pk, once=uuid4(), **management("budget", 2))
    data |= {"budget-1-planned": "beaucoup"}

    page = sign_in(personas.secretariat).post(url("activity_add", 2026), data).content.decode()

    assert re.search(r'href="#id_budget-1-planned">Ligne.2', page)


@pytest.mark.parametrize(("fields", "field"), [({"in_q2": ""}, "in_q1"), ({"contributing": "lead"}, "contributing")])
def test_activity_without_quarter_or_with_its_lead_twice_is_refused_by_the_field(personas, sign_in, fields, field):
    plan = made.draft(personas, activities=0)
    if fields.get("contributing"):
        fields = {"contributing": [personas.unicef.pk]}
    data = activity_data(personas, outcome=plan.outcomes.get().pk, once=uuid4(), **fields)

    response = sign_in(personas.secretariat).post(url("activity_add", 2026), data)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_year_out_of_range_is_not_written_like_an_amount(personas, sign_in):
    data = {"year": 1999, "title": "PTA", "xof_per_usd": 600, "once": uuid4()}

    response = sign_in(personas.secretariat).post(url("plan_create"), data)

    assert response.context["form"].errors["year"] == ["Donnez une année de 2020 à 2100."]


def test_removal_asks_first_and_leaves_the_page_of_the_plan(personas, sign_in):
    plan = made.draft(personas)
    client = sign_in(personas.focal_a)
    address = url("activity_remove", 2026, "1.1")

    assert (client.get(address).status_code, Activity.objects.count()) == (200, 1)
    assert client.post(address).headers["Location"] == plan.get_absolute_url()
    assert Activity.objects.count() == 0


def test_drafting_pages_of_an_adopted_plan_lead_back(personas, sign_in):
    made.in_execution(personas)
    client = sign_in(personas.secretariat)

    for name, args in (("activity_add", []), ("activity_edit", ["1.1"]), ("activity_remove", ["1.1"])):
        assert client.get(url(name, 2026, *args)).status_code == 302
