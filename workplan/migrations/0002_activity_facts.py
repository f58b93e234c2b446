"""The view behind ``ActivityFacts``."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

VIEW = """
CREATE VIEW workplan_activityfacts AS
SELECT activity.id AS activity_id,
  coalesce(budget.planned, 0)::bigint AS planned,
  coalesce(budget.mobilised, 0)::bigint AS mobilised,
  coalesce(budget.spent, 0)::bigint AS spent,
  ARRAY(SELECT objective.number FROM workplan_activity_gcm_objectives tag
        JOIN frameworks_gcmobjective objective ON objective.id = tag.gcmobjective_id
        WHERE tag.activity_id = activity.id ORDER BY objective.number) AS objectives,
  ARRAY(SELECT DISTINCT report.quarter FROM workplan_quarterreport report
        WHERE report.activity_id = activity.id ORDER BY report.quarter) AS quarters
FROM workplan_activity activity
LEFT JOIN LATERAL (
  SELECT sum(line.planned) AS planned, sum(line.mobilised) AS mobilised, sum(line.spent) AS spent
  FROM workplan_budgetline line WHERE line.activity_id = activity.id
) budget ON true
"""


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0001_initial"), ("workplan", "0001_initial")]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW workplan_activityfacts"),
        migrations.CreateModel(
            name="ActivityFacts",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name="facts",
                        serialize=False, to="workplan.activity",
                    ),
                ),
                ("planned", models.BigIntegerField()),
                ("mobilised", models.BigIntegerField()),
                ("spent", models.BigIntegerField()),
                (
                    "objectives",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None),
                ),
                (
                    "quarters",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None),
                ),
            ],
            options={"db_table": "workplan_activityfacts", "managed": False},
        ),
    ]  # fmt: skip
