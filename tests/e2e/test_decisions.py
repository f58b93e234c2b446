"""Two decisions from their proposal to the register, on a phone, with and without JavaScript (clauses M-61, M-62)."""

import re
from datetime import timedelta

import pytest

from core import clock
from decisions import tasks
from decisions.models import Decision
from tests.e2e.hands import Calendar, Hands, mails, part
from tests.factories import decisions as made
from tests.factories import procedure as ruled
from tests.factories.members import PASSWORD
from tests.personas import create_personas

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 360


@pytest.fixture
def personas(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return create_personas()


@pytest.fixture(params=[True, pytest.param(False, marks=pytest.mark.drill)], ids=["script", "no script"])
def phones(window, personas, request):
    """``phones("focal_a", "co_chair_iom")``: their phones, signed in; for an empty name one that is not."""

    def take(*names):
        found = []
        for name in names:
            hands = Hands(window(width=PHONE, javascript=request.param), name)
            if name:
                hands.window.sign_in(getattr(personas, name).email, PASSWORD)
            found.append(hands)
        return found

    return take


def day(days):
    """As a form sends it: so many days from now, or the first working day after."""
    return f"{made.soon(days):%Y-%m-%d}"


def fits(hands):
    """The page is no wider than the phone; what it says."""
    assert not hands.window.is_wider_than_the_screen()
    return hands.text()


def speaks(hands, decision, stance, **words):
    hands.open(decision.get_absolute_url()).press("/se-prononcer/", stance=stance, **words)


def test_a_contested_decision(personas, phones):
    """An objection, what is done about it, an amended text, a second round, the consensus and its extract."""
    unicef, onu_femmes, co_chair = phones("focal_a", "focal_b", "co_chair_iom")
    text = "Le Réseau publie un annuaire.\nIl est tenu à jour chaque année."
    unicef.open("/decisions/proposer/").press(title="Annuaire des services", subject_kind="coordination", text=text)
    decision = Decision.objects.get()
    address = decision.get_absolute_url()

    co_chair.open(address).press("/ouvrir-la-consultation/", day=day(5))
    co_chair.press("/ouvrir-l-appel/", mode="written", day=day(7), close_early=True)
    speaks(unicef, decision, "supports")
    onu_femmes.open(address).press("/se-prononcer/", http=422, stance="objects", reason="Aucun budget.")
    onu_femmes.press("/se-prononcer/", stance="objects", alternative="Un budget par service.")

    assert "Le consensus ne peut pas être constaté" in fits(co_chair.open(address))
    co_chair.press("/faciliter/", text="L’UNICEF chiffrera chaque service.")
    assert "L’UNICEF chiffrera chaque service." in fits(onu_femmes.open(address))
    co_chair.press("/rouvrir-la-consultation/", day=day(5), reason="Chiffrer les services")
    unicef.open(f"{address}texte/").press(text=f"{text}\nChaque service y porte son budget.", note="Un budget")
    co_chair.open(address).press("/ouvrir-l-appel/", mode="in_session", day=day(7), close_early=True)
    assert "Formulée sur la version 1" in fits(onu_femmes.open(address))
    onu_femmes.press("/se-prononcer/", stance="lifts_objection", reason="Chaque service a son budget.")
    speaks(unicef, decision, "supports")
    co_chair.open(address).press("/constater-le-consensus/")

    decision.refresh_from_db()
    assert decision.reference in fits(co_chair)
    story = [
        one.inner_text() for one in onu_femmes.open(address).page.locator(".fate .timeline li p:first-child").all()
    ]
    begins = ("Soulevée", "Note des coprésidents", "Consultation rouverte", "Version 2 rédigée", "Version 2 arrêtée",
              "ONU-Femmes lève")  # fmt: skip
    assert [line.startswith(start) for line, start in zip(story, begins, strict=True)] == [True] * len(begins)
    status, content = unicef.download(f"{address}extrait/extrait.pdf")
    assert (status, content[:5]) == (200, b"%PDF-")
    assert {mail["To"] for mail in mails("reports.extract")} == {personas.focal_a.email, personas.alternate_a.email}


def test_a_broken_silence_procedure(personas, phones, monkeypatch):
    """Too short at first; broken from the link of a mail, which all are told of; taken up again, and agreed to."""
    calendar = Calendar("2026-06-16 09:00")
    monkeypatch.setattr(clock, "now", calendar.now)
    ruled.adopted(personas, silence_days=2)
    decision = made.in_consultation(personas, text="Le Réseau adopte la charte.")
    address = decision.get_absolute_url()
    onu_femmes, co_chair = phones("focal_b", "co_chair_iom")

    co_chair.open(address).press("/ouvrir-l-appel/", http=422, mode="silence", day="2026-06-17", close_early=True)
    assert "2 jours ouvrables de silence" in fits(co_chair)
    co_chair.press("/ouvrir-l-appel/", day="2026-06-18")
    *_earlier, mail = [one for one in mails("decisions.call") if one["To"] == personas.focal_b.email]
    link = re.search(r"/decisions/repondre/\S+/", part(mail, "text/plain")).group()
    (reader,) = phones("")
    assert "son silence vaut accord" in fits(reader.open(link))
    calendar.go_to("2026-06-17 10:00")
    reader.press(link, http=422, stance="objects", reason="Aucun délai.")
    reader.press(link, alternative="Un délai d’un an.")
    assert "Votre entité s’est exprimée" in fits(reader)

    told = mails("decisions.objection")
    assert personas.focal_a.email in {mail["To"] for mail in told}
    assert "Le silence est rompu" in part(told[0], "text/plain")
    assert "Le silence est rompu (ONU-Femmes)" in fits(onu_femmes.open(address))
    calendar.go_to("2026-06-18 18:00")
    tasks.watch_calls()
    assert {mail["To"] for mail in mails("decisions.call_ended")} == {
        personas.co_chair_iom.email, personas.co_chair_ohchr.email
    }  # fmt: skip
    assert "Le consensus ne peut pas être constaté" in fits(co_chair.open(address))

    calendar.go_to("2026-06-19 09:00")
    co_chair.press("/rouvrir-la-consultation/", day="2026-06-22", reason="Un délai")
    (unicef,) = phones("focal_a")
    unicef.open(f"{address}texte/").press(text="Le Réseau adopte la charte pour un an.", note="Un délai")
    co_chair.open(address).press("/ouvrir-l-appel/", mode="silence", day="2026-06-24", close_early=True)
    onu_femmes.open(address).press("/se-prononcer/", stance="lifts_objection", reason="Le délai est écrit.")
    calendar.go_to("2026-06-24 17:30")
    assert "Leur silence vaut accord" in fits(co_chair.open(address))
    co_chair.press("/constater-le-consensus/")

    decision.refresh_from_db()
    assert decision.number
    outcome = next(mail for mail in mails("decisions.silence_result") if mail["To"] == personas.focal_a.email)
    assert "Issue de la procédure de silence / Outcome of the silence procedure" in outcome["Subject"]
    assert calendar.now() - decision.noted_at < timedelta(minutes=1)
