"""The plan that leaves for the Resident Coordinator: kept when it is transmitted, printed, sealed."""

import hashlib
import io
from html import unescape

import pypdf
import pytest
from django.utils import translation

from core import clock, jobs
from core.enums import JobState
from core.templatetags.typography import typo
from frameworks.models import EcowasInstrument, Region, SdgTarget
from reports import collect, pdf, plan, snapshot
from tests.factories import workplan as planned
from tests.factories.reports import objectives, sample_snapshot


@pytest.fixture
def transmitted(personas):
    return planned.transmitted(personas)


def job_of(work_plan):
    return jobs.latest(plan.KIND, work_plan)


def test_transmission_orders_the_file_of_that_moment(personas, transmitted):
    kept = snapshot.from_data(snapshot.TransmittedPlan, job_of(transmitted).params["snapshot"])

    assert (kept.year, kept.plan.title) == (transmitted.year, transmitted.title)
    assert sorted(one.entity for one in kept.signatures) == ["HCDH", "OIM"]
    assert [one.code for one in kept.plan.activities] == ["1.1"]


def test_printed_plan_is_attached_and_sealed(personas, transmitted):
    jobs.execute(job_of(transmitted).pk)

    transmitted.refresh_from_db()
    with transmitted.transmitted_file.open("rb") as file:
        content = file.read()
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert transmitted.transmitted_sha256 == hashlib.sha256(content).hexdigest()
    assert ("Profil statistique" in text, "50\u202f000" in text) == (True, True)
    assert job_of(transmitted).state == JobState.DONE


def test_plan_says_places_partners_funds_and_frameworks(personas):
    work_plan = planned.draft(personas, activities=0)
    planned.activity(
        personas, work_plan.outcomes.get(), external_partners="Ministère A\nAssociation B",
        regions=Region.objects.filter(slug="sn-dk"), sdg_targets=SdgTarget.objects.filter(slug="sdg-t-17.16"),
        ecowas_instruments=EcowasInstrument.objects.order_by("pk")[:1],
    )  # fmt: skip
    content = collect.transmitted_plan(work_plan, clock.now())
    with translation.override("fr"):
        html = plan.plan_document(content, digest="0" * 64)

    instrument = EcowasInstrument.objects.order_by("pk")[0].title_fr
    expected = ["Dakar", "Ministère A, Association B", "Fonds commun", "30\u202f000\u00a0USD", "17.16", instrument]
    assert [words for words in expected if str(typo(words)) not in unescape(html)] == []


def test_printing_twice_gives_the_file_that_is_kept(personas, transmitted):
    job = job_of(transmitted)
    plan.render_plan(job, lambda *_args: None)
    transmitted.refresh_from_db()
    first = transmitted.transmitted_sha256

    plan.render_plan(job, lambda *_args: None)

    transmitted.refresh_from_db()
    assert transmitted.transmitted_sha256 == first


def test_large_plan_prints_without_a_fault():
    year = sample_snapshot()
    content = snapshot.TransmittedPlan(
        2026, year.taken_at, "RNUM-SN", year.plan,
        tuple(snapshot.Placing(one.code, ("Partenaire",), (), ()) for one in year.plan.activities),
        (snapshot.Signature("Awa NDIAYE", "OIM", "siège du coordonnateur", year.taken_at.date()),), objectives(),
    )  # fmt: skip
    with translation.override("fr"):
        html = plan.plan_document(content, digest="0" * 64)

    printed = pdf.render(html, identifier="x", strict=True)

    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages)
    assert [one.code for one in year.plan.activities if one.code not in text] == []
