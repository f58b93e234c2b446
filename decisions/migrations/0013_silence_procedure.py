"""Silence may be a way to give positions, where the rules of procedure allow it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0012_comments_on_paragraphs"),
        ("members", "0009_membership_basis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_mode_known",
        ),
        migrations.AlterField(
            model_name="decision",
            name="mode",
            field=models.CharField(
                choices=[("in_session", "in session"), ("written", "in writing"), ("silence", "by silence procedure")],
                default="written",
                max_length=20,
                verbose_name="positions are given",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["in_session", "written", "silence"])), name="decision_mode_known"
            ),
        ),
    ]
