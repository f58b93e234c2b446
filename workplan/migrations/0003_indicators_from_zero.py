"""No indicator below zero, no share above 100."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("workplan", "0002_activity_facts")]

    operations = [
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(condition=Q(baseline__gte=0, target__gte=0), name="indicator_from_zero"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=~Q(unit="%") | Q(baseline__lte=100, target__lte=100), name="indicator_share_to_100"
            ),
        ),
        migrations.AddConstraint(
            model_name="quartervalue",
            constraint=models.CheckConstraint(condition=Q(value__gte=0), name="quarter_value_from_zero"),
        ),
    ]
