"""Working groups in each state, made by the portal's own actions."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from decisions import actions as decisions
from decisions.enums import Mode
from tests.factories import decisions as decided
from tests.factories.partners import PartnerContactFactory
from workinggroups import actions
from workinggroups.models import WorkingGroup

WORDS = {"need": "Les chiffres se contredisent.", "terms": "1. Objet\n\nTenir un catalogue commun."}


def proposed(personas, title="Données"):
    return actions.propose_group(title_fr=title, **WORDS, proposed_by=personas.unicef, by=personas.focal_a)


def brought(personas, *groups):
    """Before the Network, all of them by one decision."""
    chosen = groups or (proposed(personas),)
    return actions.bring_before_network(
        chosen, title="Termes de référence des groupes", text="Le Réseau les approuve.", mode=Mode.IN_SESSION,
        by=personas.secretariat,
    )  # fmt: skip


def called(decision, personas):
    """It waits for the consensus to be noted."""
    opened = decided.called(decision, personas, mode=Mode.IN_SESSION)
    decided.supported_by(opened, [personas.unwomen], personas.secretariat)
    return opened


def endorse(decision, personas):
    return decisions.note_consensus(called(decision, personas), by=personas.co_chair_iom)


def endorsed(personas):
    return _of(endorse(brought(personas), personas))


def submit(group, personas):
    return actions.submit_to_unct(group, submitted_on=clock.today(), by=personas.secretariat)


def submitted(personas):
    return submit(endorsed(personas), personas)


def validate(group, personas, **record):
    return actions.record_unct_endorsement(
        group, validated_on=clock.today(), unct_reference="UNCT/2026/06/3", **record, by=personas.rc_office
    )


def validated(personas):
    return validate(submitted(personas), personas)


def start(group, personas):
    chaired(group, personas)
    return actions.start_group(group, active_from=clock.today(), by=personas.secretariat)


def called_for_chairs(group, personas, days=0):
    """Its members are asked until ``days`` from now; somebody has to sit in it."""
    closes_on = clock.today() + timedelta(days=days)
    return actions.open_chair_call(group, closes_on=closes_on, message="Une réunion par mois.", by=personas.secretariat)


def offered(group, personas, *, person=None, **who):
    """UNICEF offers, or another that sits in the group."""
    taken = group.members.get(**(who or {"entity": personas.unicef}))
    person = person or personas.focal_a
    return actions.offer_to_chair(group, seat=taken, person=person, statement="Nous tenons le catalogue.", by=person)


def closed_call(group, personas):
    """UNICEF has offered in a call that closed yesterday, and nobody is named yet."""
    with clock.set_to(clock.now() - timedelta(days=1)):
        seat(group, personas, entity=personas.unicef)
        called_for_chairs(group, personas)
        return offered(group, personas)


def chaired(group, personas):
    """UNICEF chairs it for a year from today, after a call that closed yesterday."""
    return name(group, personas, closed_call(group, personas))[0]


def name(group, personas, *offers, days=364):
    until = clock.today() + timedelta(days=days)
    return actions.name_chairs(group, offers=offers, starts_on=clock.today(), ends_on=until, by=personas.secretariat)


def active(personas):
    return start(validated(personas), personas)


def dormant(personas):
    return actions.put_to_sleep(active(personas), reason="Pas de sujet.", by=personas.secretariat)


def one_in_each_state(personas):
    """Endorsed, submitted, validated, active: by one decision, the last with the record of the UNCT."""
    names = ("Routes", "Climat", "Travail", "Retour")
    decision = endorse(brought(personas, *(proposed(personas, name) for name in names)), personas)
    first, *others = WorkingGroup.objects.filter(decision=decision).in_order()
    second, *others = [submit(group, personas) for group in others]
    record = SimpleUploadedFile("releve.pdf", b"%PDF-1.7 essai")
    third, fourth = validate(others[0], personas), validate(others[1], personas, record=record)
    return first, second, third, start(fourth, personas)


def seat(group, personas, **who):
    return actions.join_group(group, **who, starts_on=clock.today(), by=personas.secretariat)


def _of(decision):
    return WorkingGroup.objects.get(decision=decision)


def paper(group, personas, content=b"%PDF-1.7 essai"):
    file = SimpleUploadedFile("Note de cadrage.pdf", content)
    return actions.add_paper(group, title="Note de cadrage", file=file, by=personas.secretariat)


def deliverable(group, personas, title="Catalogue commun", days=10):
    due = clock.today() + timedelta(days=days)
    return actions.add_deliverable(group, title=title, due_on=due, by=personas.secretariat)


def partner_with_contact(group, personas):
    """A partner that sits in the group, and who answers for it."""
    contact = PartnerContactFactory()
    seat(group, personas, partner=contact.partner)
    return contact


def guest(group, personas, days=30):
    contact = partner_with_contact(group, personas)
    until = clock.today() + timedelta(days=days)
    return actions.invite_to_group(group, contacts=[contact], expires_on=until, by=personas.secretariat)[0]


PLAN = {"duration_min": 90, "place": "Maison des Nations Unies", "online_link": "", "agenda": "Point sur le catalogue."}


def meeting(group, personas, days=3, **facts):
    """Convened for so many days from now by the secretariat."""
    starts_at = clock.now() + timedelta(days=days)
    return actions.convene_group(group, starts_at=starts_at, **{**PLAN, **facts}, by=personas.secretariat)


def met(group, personas, days=0):
    """A meeting that began an hour ago, or an hour and so many days ago."""
    moment = clock.now() - timedelta(days=days)
    with clock.set_to(moment - timedelta(hours=2)):
        return actions.convene_group(group, starts_at=moment - timedelta(hours=1), **PLAN, by=personas.secretariat)
