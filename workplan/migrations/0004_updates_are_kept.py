"""Each update is a record of its own, with its values and amounts; none is ever replaced."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

# Every value was written together with the report of its quarter. The risk was that of the last report.
TIED = """
UPDATE workplan_quartervalue value SET report_id = report.id
FROM workplan_indicator indicator, workplan_quarterreport report
WHERE indicator.id = value.indicator_id AND report.activity_id = indicator.activity_id
  AND report.quarter = value.quarter;
UPDATE workplan_quarterreport report SET risk = activity.risk
FROM workplan_activity activity
WHERE activity.id = report.activity_id AND report.quarter =
  (SELECT max(quarter) FROM workplan_quarterreport other WHERE other.activity_id = report.activity_id);
SET CONSTRAINTS ALL IMMEDIATE;
"""
KEPT = "\n".join(
    f"""CREATE TRIGGER workplan_{table}_append_only BEFORE UPDATE OR DELETE ON workplan_{table}
    FOR EACH ROW EXECUTE FUNCTION reseau_append_only();"""
    for table in ("quarterreport", "quartervalue", "quarteramount")
)
FREED = "\n".join(
    f"DROP TRIGGER workplan_{table}_append_only ON workplan_{table};"
    for table in ("quarterreport", "quartervalue", "quarteramount")
)
# The lead is still awaited where only a contributing entity has reported.
VIEW = """
CREATE OR REPLACE VIEW workplan_activityfacts AS
SELECT activity.id AS activity_id,
  coalesce(budget.planned, 0)::bigint AS planned,
  coalesce(budget.mobilised, 0)::bigint AS mobilised,
  coalesce(budget.spent, 0)::bigint AS spent,
  ARRAY(SELECT objective.number FROM workplan_activity_gcm_objectives tag
        JOIN frameworks_gcmobjective objective ON objective.id = tag.gcmobjective_id
        WHERE tag.activity_id = activity.id ORDER BY objective.number) AS objectives,
  ARRAY(SELECT DISTINCT report.quarter FROM workplan_quarterreport report
        WHERE report.activity_id = activity.id {only} ORDER BY report.quarter) AS quarters
FROM workplan_activity activity
LEFT JOIN LATERAL (
  SELECT sum(line.planned) AS planned, sum(line.mobilised) AS mobilised, sum(line.spent) AS spent
  FROM workplan_budgetline line WHERE line.activity_id = activity.id
) budget ON true
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("workplan", "0003_indicators_from_zero")]

    operations = [
        migrations.AddField(
            "quarterreport", "risk", models.TextField(blank=True, default="", verbose_name="risk or obstacle"),
        ),
        migrations.AlterField("quarterreport", "risk", models.TextField(blank=True, verbose_name="risk or obstacle")),
        migrations.AddField("quarterreport", "is_contribution", models.BooleanField(default=False)),
        migrations.RemoveConstraint("quarterreport", "quarter_report_once"),
        migrations.AddField(
            "quartervalue",
            "report",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="values",
                to="workplan.quarterreport",
            ),
        ),
        migrations.RunSQL(TIED, migrations.RunSQL.noop),
        migrations.AlterField(
            "quartervalue",
            "report",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="values", to="workplan.quarterreport"
            ),
        ),
        migrations.RemoveConstraint("quartervalue", "quarter_value_once"),
        migrations.RemoveConstraint("quartervalue", "quarter_value_1_to_4"),
        migrations.RemoveField("quartervalue", "quarter"),
        migrations.RemoveField("quartervalue", "reported_at"),
        migrations.RemoveField("quartervalue", "reported_by"),
        migrations.AddConstraint(
            "quartervalue", models.UniqueConstraint(fields=["report", "indicator"], name="quarter_value_once")
        ),
        migrations.CreateModel(
            name="QuarterAmount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mobilised", models.PositiveIntegerField(verbose_name="mobilised (USD)")),
                ("spent", models.PositiveIntegerField(verbose_name="spent (USD)")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amounts", to="workplan.budgetline"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amounts",
                        to="workplan.quarterreport",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("report", "line"), name="quarter_amount_once"),
                    models.CheckConstraint(
                        condition=Q(spent__lte=F("mobilised")), name="quarter_amount_spent_within_mobilised"
                    ),
                ]
            },
        ),
        migrations.RunSQL(KEPT, FREED),
        migrations.RunSQL(VIEW.format(only="AND NOT report.is_contribution"), VIEW.format(only="")),
    ]  # fmt: skip
