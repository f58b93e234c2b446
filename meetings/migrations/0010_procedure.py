import django.db.models.deletion
from django.db import migrations, models


def put_under_the_first_version(apps, schema_editor):
    """Whatever was convened before rules were kept ran under the usages of the foundation."""
    rules = apps.get_model("decisions", "RulesOfProcedure").objects.get(number=1)
    apps.get_model("meetings", "Meeting").objects.update(procedure=rules)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_adopted_rules_stand"), ("meetings", "0009_one_review_a_year")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="procedure",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decisions.rulesofprocedure",
                verbose_name="rules of procedure",
            ),
        ),
        migrations.RunPython(put_under_the_first_version, migrations.RunPython.noop),
        # The foreign key of the rows just written is checked at the end of the transaction, or before its table changes.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="meeting",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decisions.rulesofprocedure",
                verbose_name="rules of procedure",
            ),
        ),
    ]
