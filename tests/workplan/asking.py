"""What the tests of the pages share: addresses and what the forms of an activity send."""

from django.urls import reverse

IN_CHARGE = {"secretariat", "co_chair_iom", "co_chair_ohchr"}
NETWORK = IN_CHARGE | {"focal_a", "focal_b", "alternate_a", "group_chair", "rc_office"}


def url(name, *args):
    return reverse(f"workplan:{name}", args=args)


def management(prefix, total):
    return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": 0}


def activity_data(personas, **fields):
    given = {
        "title": "Cliniques juridiques", "lead": personas.unicef.pk, "is_national": "on", "in_q2": "on",
        **management("budget", 1), **management("indicateurs", 1),
        "budget-0-funder": "", "budget-0-planned": "12000",
        "indicateurs-0-label": "Personnes appuyées", "indicateurs-0-target": "250", "indicateurs-0-direction": "up",
    }  # fmt: skip
    return {**given, **fields}


def progress_data(activity, **fields):
    indicator = activity.indicators.get()
    line = activity.budget_lines.get(funder__isnull=False)
    return {
        "quarter": 3, "status": "in_progress", "progress_percent": 55, "note": "Deux profils publiés.",
        "risk": "", "version": activity.version, f"value_{indicator.pk}": "2,5",
        f"mobilised_{line.pk}": 30_000, f"spent_{line.pk}": 9_000, **fields,
    }  # fmt: skip
