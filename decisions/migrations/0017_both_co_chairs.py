"""Both co-chairs note the consensus, where the rules of procedure say so; the first note is sealed with the second."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DATED = import_module("decisions.migrations.0016_effects")
BEFORE = DATED.SEALED + DATED.DATED
NOTED_FIRST = ("first_noted_at", "first_noted_by_id")


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0016_effects"),
        ("members", "0009_membership_basis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="first_noted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="first_noted_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rulesofprocedure",
            name="both_chairs_note",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_noted_at__isnull", True), ("first_noted_by__isnull", True)),
                    models.Q(
                        ("first_noted_at__isnull", False),
                        ("first_noted_by__isnull", False),
                        models.Q(
                            ("noted_by__isnull", True),
                            models.Q(("noted_by", models.F("first_noted_by")), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="decision_noted_by_two_people",
            ),
        ),
        migrations.RunSQL(DATED.entry_stands(BEFORE + NOTED_FIRST), DATED.entry_stands(BEFORE)),
    ]
