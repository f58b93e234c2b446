"""The official lists are there after each migration, complete, and the secretariat's edits survive."""

import json

import pytest
from django.utils import translation

from frameworks import models, sync

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "rows"),
    [
        (models.GcmObjective, 23),
        (models.GuidingPrinciple, 10),
        (models.SustainableDevelopmentGoal, 17),
        (models.SdgTarget, 29),
        (models.Agenda2063Item, 27),
        (models.MpfaItem, 19),
        (models.EcowasInstrument, 23),
        (models.NationalPriority, 23),
        (models.Region, 14),
        (models.PartnerCategory, 18),
    ],
)
def test_list_is_complete_and_bilingual(model, rows):
    assert model.objects.count() == rows
    assert not model.objects.filter(title_fr="").exists()
    assert not model.objects.filter(title_en="").exists()


@pytest.mark.parametrize(("file", "name"), sync.FILES.items())
def test_every_code_of_the_file_is_found_again(file, name):
    codes = [row["code"] for row in json.loads((sync.DATA / f"{file}.json").read_text(encoding="utf-8"))]

    found = {row.code for row in getattr(models, name).objects.all()}

    assert {code.lower() for code in codes} == {code.lower() for code in found}
    assert len(codes) == len(set(codes))


def test_objective_speaks_the_active_language():
    objective = models.GcmObjective.objects.get(slug="gcm-07")

    with translation.override("fr"):
        french = (objective.code, str(objective), objective.title)
    with translation.override("en"):
        english = str(objective)

    assert french == ("GCM-07", "7. Réduire la vulnérabilité", objective.title_fr)
    assert english == "7. Reduce vulnerabilities"


def test_rows_hang_together():
    target = models.SdgTarget.objects.get(target="10.7")

    assert (target.goal.number, target.is_core) == (10, True)
    assert target.gcm_objectives.count() > 1
    assert models.Agenda2063Item.objects.get(slug="a2063-g01").parent.slug == "a2063-a1"
    assert models.NationalPriority.objects.get(slug="sen2050-gov").parent.slug == "sen2050"
    assert models.EcowasInstrument.objects.get(slug="ecowas-1979-fm").date.isoformat() == "1979-05-29"


def test_second_run_changes_nothing():
    lists = [getattr(models, name) for name in sync.FILES.values()]
    before = [list(model.objects.order_by("pk").values()) for model in lists]
    links = models.NationalPriority.gcm_objectives.through.objects
    linked = list(links.order_by("pk").values())

    sync.sync_on_migrate(sender=None)

    assert [list(model.objects.order_by("pk").values()) for model in lists] == before
    assert list(links.order_by("pk").values()) == linked


def test_official_row_is_put_right():
    models.GcmObjective.objects.filter(number=7).update(title_fr="Faux")

    sync.sync_on_migrate(sender=None)

    assert models.GcmObjective.objects.get(number=7).title_fr != "Faux"


def test_national_row_of_the_secretariat_is_kept():
    priority = models.NationalPriority.objects.get(slug="pnms")
    models.NationalPriority.objects.filter(pk=priority.pk).update(title_fr="Politique révisée", version=2)
    priority.gcm_objectives.set(models.GcmObjective.objects.filter(number=13))

    sync.sync_on_migrate(sender=None)

    priority.refresh_from_db()
    assert priority.title_fr == "Politique révisée"
    assert [objective.number for objective in priority.gcm_objectives.all()] == [13]


def test_file_that_points_nowhere_is_refused():
    row = {"code": "X-1", "order": 1, "kind": "axis", "title_fr": "x", "title_en": "x", "parent": "NULLE-PART"}

    with pytest.raises(ValueError, match="parent"):
        sync.sync(models.NationalPriority, [row])


def test_old_migration_state_without_the_lists_is_left_alone():
    class NoApps:
        def get_model(self, app, name):
            raise LookupError

    sync.sync_on_migrate(sender=None, apps=NoApps())
