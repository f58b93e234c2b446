"""The Network adopts the report of a year by a decision; then it is nobody's to order again (clauses M-61, M-78)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import DomainError, NotAllowedNow
from decisions import actions as decisions
from decisions.enums import Mode
from reports import actions, adoption
from reports.models import YearlyReport
from tests.factories import decisions as decided
from tests.factories import yearly as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(personas):
    return made.assembled(personas)


def asked(report, personas):
    return actions.propose_report(report, **adoption.words(report), entity=personas.iom, by=personas.secretariat)


def adopted(report, personas):
    call = decided.called(asked(report, personas), personas, mode=Mode.IN_SESSION)
    decided.supported_by(call, [personas.unicef], personas.secretariat)
    return decisions.note_consensus(call, by=personas.co_chair_iom)


def test_the_decision_that_is_recorded_adopts_the_report_for_good(personas, report):
    decision = adopted(report, personas)

    report.refresh_from_db()
    assert (report.state, report.adopting_decision) == ("adopted", decision)
    assert report.adopting_decision.follow_up == "done"
    with pytest.raises(NotAllowedNow):
        actions.order_report(report.year, by=personas.secretariat)


def test_the_decision_names_the_file_by_its_fingerprint(personas, report):
    text = asked(report, personas).texts.get().text
    assert report.filename in text
    assert report.sha256 in text


def test_it_is_not_ordered_again_while_the_network_is_asked(personas, report):
    decision = asked(report, personas)
    for act in (
        lambda: actions.order_report(report.year, by=personas.secretariat),
        lambda: asked(report, personas),
    ):
        with pytest.raises(DomainError, match=decision.title):
            act()

    decisions.withdraw_decision(decision, reason="Chiffres à revoir", by=personas.co_chair_iom)
    assert actions.order_report(report.year, by=personas.secretariat).state == "collecting"


def test_a_report_that_is_not_printed_is_not_put_to_the_network(personas):
    report = actions.order_report(2026, by=personas.secretariat)
    with pytest.raises(NotAllowedNow):
        asked(YearlyReport.objects.get(pk=report.pk), personas)


def test_the_database_keeps_an_adopted_report_with_its_decision(personas, report):
    adopted(report, personas)
    for change in ({"adopting_decision": None}, {"state": "assembled"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            YearlyReport.objects.filter(pk=report.pk).update(**change)


def test_the_page_asks_then_shows_the_decision(personas, report, sign_in):
    client, address = sign_in(personas.secretariat), reverse("reports:report_propose", args=[report.year])
    assert address in client.get(report.get_absolute_url()).text

    page = client.get(address)
    assert f"L’année {report.year} n’est pas terminée" in page.text
    form = page.context["form"]
    answer = client.post(address, {name: form[name].value() for name in ("title", "text", "once")})

    shown = client.get(report.get_absolute_url()).text
    assert f'<a href="{answer.url}">' in shown
    assert address not in shown
    assert reverse("reports:report_order", args=[report.year]) not in shown
    assert answer.url not in sign_in(personas.focal_b).get(report.get_absolute_url()).text  # a draft of IOM
    assert report.sha256 in sign_in(personas.secretariat).get(answer.url).text
