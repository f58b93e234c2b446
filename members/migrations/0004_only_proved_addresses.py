"""Addresses that nobody proved fall away; an account opens with the address that its person has in the list."""

from django.db import migrations


def keep_proved_addresses(apps, schema_editor):
    address, user = apps.get_model("account", "EmailAddress"), apps.get_model("members", "User")
    address.objects.filter(verified=False).delete()
    without = user.objects.exclude(pk__in=address.objects.values("user")).exclude(password__startswith="!")  # noqa: S106 - no password
    taken = set(address.objects.values_list("email", flat=True))
    address.objects.bulk_create(
        address(user=person, email=person.email, verified=True, primary=True)
        for person in without.order_by("pk")
        if person.email not in taken
    )


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_acronyms_once"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(keep_proved_addresses, migrations.RunPython.noop)]
