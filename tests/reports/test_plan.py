"""The plan that leaves for the Resident Coordinator: kept when it is transmitted, printed, sealed."""

import hashlib
import io

import pypdf
import pytest
from django.utils import translation

from core import jobs
from core.enums import JobState
from reports import pdf, plan, snapshot
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
        (snapshot.Signature("Awa NDIAYE", "OIM", "siège du coordonnateur", year.taken_at.date()),), objectives(),
    )  # fmt: skip
    with translation.override("fr"):
        html = plan.plan_document(content, digest="0" * 64)

    printed = pdf.render(html, identifier="x", strict=True)

    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages)
    assert [one.code for one in year.plan.activities if one.code not in text] == []
