"""Working groups hand items to an agenda, and the annual review says what it found of each, once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = """
CREATE TRIGGER meetings_groupreview_append_only BEFORE UPDATE OR DELETE ON meetings_groupreview
    FOR EACH ROW EXECUTE FUNCTION reseau_append_only();
"""
ALTERABLE = "DROP TRIGGER meetings_groupreview_append_only ON meetings_groupreview;"


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0014_minutes_approved_by_decision"),
        ("workinggroups", "0005_meetings_and_dormancy"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="group",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workinggroups.workinggroup",
                verbose_name="working group",
            ),
        ),
        migrations.AddField(
            model_name="meetingrequest",
            name="group",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workinggroups.workinggroup",
                verbose_name="working group",
            ),
        ),
        migrations.CreateModel(
            name="GroupReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("goes_on", "goes on as it is"),
                            ("refocused", "goes on with another focus"),
                            ("sleeps", "is put to sleep"),
                            ("closes", "is closed, for good"),
                        ],
                        max_length=20,
                        verbose_name="what was found",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("noted_at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="workinggroups.workinggroup",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="group_reviews", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a working group",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "group"),
                        name="group_reviewed_once",
                        violation_error_message="This group was reviewed at this annual review already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["goes_on", "refocused", "sleeps", "closes"])),
                        name="group_review_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "goes_on"), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="group_review_says_why",
                        violation_error_message="Say why, in a few words.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, ALTERABLE),
    ]
