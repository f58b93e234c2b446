"""What the tests of the pages share: addresses, what a creating form sends, what no field may hold."""

from django.urls import reverse

NUL, LONG = "a\x00b", "é" * 10_000
FACTS = {
    "kind": "plenary", "title": "Réunion ordinaire", "day": "2030-02-14", "start": "10:00", "end": "12:00",
    "mode": "hybrid", "venue": "iom", "room": "Salle Gorée", "venue_reason": "",
    "online_link": "https://visio.example.org/t1", "chair": "", "rapporteur": "", "note": "",
}  # fmt: skip


def address(name, *args):
    return reverse(f"meetings:{name}", args=args)


def as_checked(page):
    """What the button of a page of checking sends."""
    return {"once": page.context["form"]["once"].value(), "seen": page.context["seen"]}
