"""Agenda items carry over what a call could not settle."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0015_maintained_objections"),
        ("meetings", "0012_guest_passes"),
        ("members", "0009_membership_basis"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="agendaitem",
            name="agenda_kind_known",
        ),
        migrations.AlterField(
            model_name="agendaitem",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opening", "opening"),
                    ("progress", "progress of the Network"),
                    ("collaboration", "collaboration"),
                    ("challenges", "new challenges"),
                    ("co_chair", "co-chair"),
                    ("work_plan", "work plan"),
                    ("information_sharing", "information sharing"),
                    ("working_groups", "working groups"),
                    ("membership", "membership"),
                    ("gcm_review", "review of the Global Compact"),
                    ("work_plan_follow_up", "follow-up of the work plan"),
                    ("standards", "norms and standards"),
                    ("statements", "statements"),
                    ("dialogue", "dialogue"),
                    ("conclusions", "conclusions"),
                    ("partners_follow_up", "follow-up with partners"),
                    ("emerging_issues", "emerging issues"),
                    ("annual_review_preparation", "preparation of the annual review"),
                    ("carried_over", "item carried over"),
                    ("aob", "any other business"),
                ],
                max_length=40,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "opening",
                            "progress",
                            "collaboration",
                            "challenges",
                            "co_chair",
                            "work_plan",
                            "information_sharing",
                            "working_groups",
                            "membership",
                            "gcm_review",
                            "work_plan_follow_up",
                            "standards",
                            "statements",
                            "dialogue",
                            "conclusions",
                            "partners_follow_up",
                            "emerging_issues",
                            "annual_review_preparation",
                            "carried_over",
                            "aob",
                        ],
                    )
                ),
                name="agenda_kind_known",
            ),
        ),
    ]
