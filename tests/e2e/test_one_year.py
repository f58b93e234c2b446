"""Six people live one year of the Network through its pages, from the invitation to the file of the yearly report.

Only the first account is made in the database: nobody could invite it. The clock is the test's own (see ``Calendar``).
"""

import re
from io import BytesIO

import icalendar
import pytest
from pypdf import PdfReader

from core import clock
from core.models import OutboxMail
from decisions.models import Decision, Position
from meetings.models import Meeting
from members.enums import Role
from members.models import Entity, User
from tests.e2e.hands import Calendar, Hands, mails, part
from tests.factories.members import PASSWORD, InstitutionalRoleFactory, UserFactory
from workplan.models import WorkPlan

YEAR = 2031
PLAN = f"/pta/{YEAR}/"
ACTIVITY = "Appui aux centres d’accueil des enfants en mobilité"
OBJECTION = "Le texte ne dit rien de la protection des femmes migrantes."
ENTITIES = {
    "oim": ("OIM", "Organisation internationale pour les migrations", "member"),
    "hcdh": ("HCDH", "Haut-Commissariat aux droits de l’homme", "member"),
    "unicef": ("UNICEF", "Fonds des Nations Unies pour l’enfance", "member"),
    "onu-femmes": ("ONU Femmes", "Entité des Nations Unies pour l’égalité des sexes", "member"),
    "bcr": ("BCR", "Bureau du Coordonnateur résident", "standing_invitee"),
}
# who → (given name, family name, entity, rank)
PEOPLE = {
    "co_chair_iom": ("Aminata", "Sarr", "oim", "head"),
    "co_chair_ohchr": ("Ousmane", "Diop", "hcdh", "head"),
    "unicef": ("Fatou", "Ndiaye", "unicef", "principal"),
    "unwomen": ("Marième", "Fall", "onu-femmes", "principal"),
    "rc_office": ("Ibrahima", "Kane", "bcr", "principal"),
}


def address_of(who):
    return f"{who.replace('_', '.')}@example.org"


@pytest.fixture
def calendar(monkeypatch):
    calendar = Calendar(f"{YEAR}-01-06 09:00")
    monkeypatch.setattr(clock, "now", calendar.now)
    return calendar


@pytest.fixture
def secretariat(window, calendar):
    """Signed in through the page."""
    person = UserFactory(email="secretariat@example.org", given_name="Awa", family_name="Ba", with_account=True)
    InstitutionalRoleFactory(person=person, role=Role.SECRETARIAT)
    hands = Hands(window(), "secretariat")
    hands.window.sign_in(person.email, PASSWORD)
    assert hands.page.url == hands.window.server + "/"
    return hands


@pytest.mark.drill  # a minute and a half
@pytest.mark.django_db(transaction=True)
def test_six_people_live_one_year_of_the_network(window, calendar, secretariat):
    found_the_network(secretariat)
    hands = {who: accept_invitation(Hands(window(), who), secretariat, who) for who in PEOPLE}
    hands["secretariat"] = secretariat

    calendar.go_to(f"{YEAR}-01-08 10:00")
    review = convene_the_annual_review(hands)
    confirm_attendance(hands, review)
    write_the_plan(hands, review)
    decision = consult_on_the_validation(hands, calendar)

    calendar.go_to(f"{YEAR}-01-28 09:30")
    hold_the_review(hands, review, decision)
    write_the_minutes(hands, review, decision)
    hand_over_the_plan(hands, calendar)

    calendar.go_to(f"{YEAR}-03-25 09:30")
    approve_the_minutes(hands, calendar, review)
    calendar.go_to(f"{YEAR}-04-03 11:00")
    report_the_quarter(hands)

    calendar.go_to(f"{YEAR}-12-15 11:00")
    print_the_yearly_report(hands)
    keep_the_report_from(window, secretariat)


# --- January: who belongs to the Network -----------------------------------------------------------------------------
def found_the_network(secretariat):
    for slug, (acronym, name, kind) in ENTITIES.items():
        secretariat.open("/membres/entites/ajouter/").press(
            acronym_fr=acronym, acronym_en=acronym, name_fr=name, name_en=name, slug=slug
        )
        secretariat.open(f"/membres/{slug}/adhesions/enregistrer/").press(kind=kind, starts_on=f"{YEAR}-01-01")
    for who, (given_name, family_name, slug, rank) in PEOPLE.items():
        secretariat.open("/membres/personnes/ajouter/").press(
            given_name=given_name, family_name=family_name, email=address_of(who), title="Point focal", language="fr"
        )
        name_focal_point(secretariat, slug, address_of(who), rank)
    name_focal_point(secretariat, "oim", "secretariat@example.org", "alternate")
    for seat, slug, who in (("coordinator", "oim", "co_chair_iom"), ("rotating", "hcdh", "co_chair_ohchr")):
        secretariat.open("/membres/copresidence/enregistrer/").press(
            seat=seat, entity=ENTITIES[slug][0], person=address_of(who), starts_on=f"{YEAR}-01-01",
            ends_on=f"{YEAR}-12-31",
        )  # fmt: skip
    rc_office = User.objects.get(email=address_of("rc_office"))
    secretariat.open(f"/membres/personnes/{rc_office.pk}/roles/accorder/").press(
        role="rc_office", starts_on=f"{YEAR}-01-01"
    )


def name_focal_point(secretariat, slug, email, rank):
    secretariat.open(f"/membres/{slug}/points-focaux/nommer/").press(person=email, rank=rank, starts_on=f"{YEAR}-01-01")


def accept_invitation(hands, secretariat, who):
    """The secretariat invites; the person opens the link of the mail and chooses a password, which signs in."""
    person = User.objects.get(email=address_of(who))
    secretariat.open(f"/membres/personnes/{person.pk}/").press(f"/{person.pk}/inviter/")
    mail = mails("members.invitation")[-1]
    assert mail["To"] == person.email
    link = re.search(r"/compte/invitation/[\w-]+/", part(mail, "text/plain")).group()

    hands.open(link)
    person.refresh_from_db()
    assert not person.has_usable_password()  # looking is not accepting: mail programs open links too
    hands.press(password="un mot de passe assez long", password_again="un mot de passe assez long")
    assert hands.page.url == hands.window.server + "/"
    hands.open(link, http=410)
    hands.open("/compte/")
    assert str(person) in hands.text()
    return hands


# --- The annual review -----------------------------------------------------------------------------------------------
def convene_the_annual_review(hands):
    secretariat = hands["secretariat"]
    secretariat.open("/reunions/nouvelle/").press(
        kind="annual_review", title=f"Bilan annuel {YEAR}", day=f"{YEAR}-01-28", start="09:30", end="13:30",
        mode="hybrid", venue="iom", online_link="https://reunion.example.org/bilan", chair="Sarr", rapporteur="Awa BA",
    )  # fmt: skip
    review = Meeting.objects.get()
    items = secretariat.page.locator("ol.record-list > li")
    kept = items.filter(has_not=secretariat.page.locator("a[href$='/retirer/']"))
    assert (items.count(), kept.count()) == (7, 5)  # the five that the mandate gives every review

    secretariat.open(f"/reunions/{review.pk}/convoquer/").press("/convoquer/")
    invitations = mails("meetings.convocation")
    everybody = {address_of(who) for who in PEOPLE} | {"secretariat@example.org"}
    assert sorted(mail["To"] for mail in invitations) == sorted(everybody)
    for mail in invitations:
        event = icalendar.Calendar.from_ical(part(mail, "text/calendar"))
        assert event["METHOD"] == "REQUEST"
        [one] = event.walk("VEVENT")
        assert one.decoded("DTSTART").isoformat() == f"{YEAR}-01-28T09:30:00+00:00"
        attendees = one["ATTENDEE"] if isinstance(one["ATTENDEE"], list) else [one["ATTENDEE"]]
        assert [str(attendee).lower().removeprefix("mailto:") for attendee in attendees] == [mail["To"]]
    return review


def confirm_attendance(hands, review):
    reply = f"/reunions/{review.pk}/repondre/"
    for who in ("co_chair_iom", "co_chair_ohchr", "unicef", "rc_office"):
        assert hands[who].open("/").page.locator(f"main a[href$='{reply}']").count() == 1, who
        hands[who].open(reply).press(answer="yes", mode="in_person")
    hands["unwomen"].open(reply).press(answer="represented", mode="online", represented_by="Mme Seck, adjointe")
    page = hands["secretariat"].open(f"/reunions/{review.pk}/").text()
    assert "Mme Seck" in page


# --- The plan of the year and its validation -------------------------------------------------------------------------
def write_the_plan(hands, review):
    secretariat = hands["secretariat"]
    secretariat.open("/pta/creer/").press(year=YEAR, title=f"Plan de travail annuel {YEAR}", xof_per_usd="600")
    secretariat.open(f"{PLAN}resultats/ajouter/").press(title_fr="Les personnes migrantes sont protégées")
    secretariat.open("/pta/financements/ajouter/").press(name="Fonds central", kind="pooled")
    secretariat.open(f"{PLAN}activites/ajouter/").press(
        **{
            "outcome": "protégées", "title": ACTIVITY, "lead": "UNICEF", "in_q1": True, "in_q2": True,
            "budget-0-funder": "Fonds central", "budget-0-planned": 120_000, "budget-0-mobilised": 80_000,
            "indicateurs-0-label": "Enfants accompagnés", "indicateurs-0-unit": "enfants", "indicateurs-0-target": 400,
        }
    )  # fmt: skip
    assert secretariat.page.url.endswith(f"{PLAN}activites/1.1/")
    secretariat.open(PLAN).press("/consultation/ouvrir/")

    objective = "input[name=gcm_objectives]"
    unicef = hands["unicef"].open(f"{PLAN}activites/1.1/modifier/")
    seventh = unicef.page.locator(objective).nth(6).get_attribute("value")
    unicef.press(gcm_objectives=[seventh])
    assert "1" in unicef.open(PLAN).page.locator("#objectifs + p").inner_text()

    secretariat.open(PLAN).press("/presenter/", meeting=review.title)
    assert WorkPlan.objects.get().state == "tabled_at_review"


def consult_on_the_validation(hands, calendar):
    secretariat = hands["secretariat"]
    secretariat.open(PLAN).press("/validation/proposer/")
    decision = Decision.objects.get()
    page = f"/decisions/{decision.pk}/"
    hands["unwomen"].open(page, http=404)  # a draft
    secretariat.open(page).press("/ouvrir-la-consultation/", day=f"{YEAR}-01-20", hour="17:00")
    hands["unwomen"].open(page).press("/commenter/", text=OBJECTION)
    assert OBJECTION in secretariat.open(page).text()
    answer = f"{page}commentaires/{decision.comments.get().pk}/repondre/"
    secretariat.open(answer).press(reply="declined", answer="La ligne budgétaire viendra avec la révision.")

    calendar.go_to(f"{YEAR}-01-21 09:00")
    secretariat.open(page).press("/ouvrir-l-appel/", day=f"{YEAR}-01-28", hour="17:00", mode="in_session")
    for who in ("co_chair_iom", "co_chair_ohchr", "unicef"):
        assert hands[who].open("/").page.locator(f"main a[href*='{page}']").count() >= 1, who
        hands[who].open(page).press("/se-prononcer/", stance="supports")
    hands["unwomen"].open(page).press("/se-prononcer/", http=422, stance="objects")  # without a reason
    hands["unwomen"].press(
        "/se-prononcer/", stance="objects", reason=OBJECTION, alternative="Ajouter une ligne sur les femmes migrantes."
    )
    assert OBJECTION in secretariat.open(page).text()
    return decision


def hold_the_review(hands, review, decision):
    """The consensus is not to be noted while an entity objects, and noted once she lifts."""
    co_chair, page = hands["co_chair_iom"], f"/decisions/{decision.pk}/"
    co_chair.open(f"/reunions/{review.pk}/").press("/ouvrir-la-seance/")
    assert "tant qu’une objection est maintenue (ONU Femmes)" in co_chair.open(page).text()
    assert co_chair.form("/constater-le-consensus/").count() == 0
    decision.refresh_from_db()
    assert (decision.state, decision.number) == ("call", None)

    hands["unwomen"].open(page).press(
        "/se-prononcer/", stance="lifts_objection", reason="Une ligne sur les femmes migrantes est ajoutée."
    )
    hands["co_chair_ohchr"].open(page).press("/constater-le-consensus/")
    assert f"RNUM-SN/{YEAR}/D-001" in hands["unicef"].open(page).text()
    assert Position.objects.filter(entity__slug="onu-femmes").count() == 2  # both words stay on record
    assert OutboxMail.objects.filter(kind="decisions.adoption").exists()


def write_the_minutes(hands, review, decision):
    secretariat = hands["secretariat"]
    meeting = f"/reunions/{review.pk}/"
    unwomen = Entity.objects.get(slug="onu-femmes")
    secretariat.open(f"{meeting}presences/")
    for slug in ("oim", "hcdh", "unicef", "bcr"):
        entity = Entity.objects.get(slug=slug)
        assert secretariat.page.locator(f"[name=seat_{entity.pk}][value=in_person]").is_checked()  # as they had said
    secretariat.press("", **{f"seat_{unwomen.pk}": "online"})

    for item in review.items.order_by("order"):
        secretariat.open(f"{meeting}compte-rendu/{item.pk}/").press(
            f"/{item.pk}/", minutes=f"Le Réseau a examiné le point {item.order}.\n\n- **Suites** convenues."
        )
    plan_item = review.items.get(kind="work_plan")
    assert list(plan_item.decisions.all()) == [decision]  # placed there by its adoption
    secretariat.open(f"{meeting}compte-rendu/{plan_item.pk}/confier/").press(
        text="Diffuser le plan validé", responsible="HCDH", due_on=f"{YEAR}-02-28"
    )
    hands["co_chair_iom"].open(meeting).press("/lever-la-seance/")
    secretariat.open(f"{meeting}compte-rendu/diffuser/").press("/diffuser/")
    assert len(mails("meetings.minutes")) == len(PEOPLE) + 1
    read = hands["unicef"].open(f"{meeting}compte-rendu/").text()
    assert "Le Réseau a examiné le point 7." in read
    assert f"RNUM-SN/{YEAR}/D-001" in read
    hands["unicef"].press("/accepter/")


# --- Custody of the plan ---------------------------------------------------------------------------------------------
def hand_over_the_plan(hands, calendar):
    """Both seats sign, the plan is validated, goes to the Resident Coordinator and is acknowledged."""
    for who, state in (("co_chair_iom", "tabled_at_review"), ("co_chair_ohchr", "validated")):
        assert hands[who].open("/").page.locator(f"main a[href*='{PLAN}']").count() >= 1, who
        hands[who].open(PLAN).press("/signer/")
        assert WorkPlan.objects.get().state == state
    assert hands["co_chair_iom"].open(PLAN).form("/signer/").count() == 0

    calendar.go_to(f"{YEAR}-02-03 10:00")
    hands["secretariat"].open(PLAN).press("/transmettre/", note="Le plan validé le 28 janvier.")
    assert [mail["To"] for mail in mails("workplan.transmission")] == [address_of("rc_office")]
    status, content = hands["rc_office"].download(f"{PLAN}transmis.pdf")
    assert (status, ACTIVITY in words_of(content)) == (200, True)
    hands["rc_office"].open(PLAN).press("/accuser-reception/", note="Bien reçu.")
    hands["secretariat"].open(f"{PLAN}execution/demarrer/").press()
    assert WorkPlan.objects.get().state == "in_execution"


# --- The rest of the year --------------------------------------------------------------------------------------------
def approve_the_minutes(hands, calendar, review):
    """In the next meeting, which has begun."""
    secretariat = hands["secretariat"]
    calendar.go_to(f"{YEAR}-03-10 09:30")
    secretariat.open("/reunions/nouvelle/").press(
        kind="plenary", title="Première réunion trimestrielle", day=f"{YEAR}-03-25", start="09:30", end="11:30",
        mode="online", online_link="https://reunion.example.org/t1", chair="Diop",
    )  # fmt: skip
    plenary = Meeting.objects.exclude(pk=review.pk).get()
    secretariat.press("/ordre-du-jour/ajouter/", title="Compte rendu du bilan annuel", kind="opening", duration_min=10)
    secretariat.open(f"/reunions/{plenary.pk}/convoquer/").press("/convoquer/")

    calendar.go_to(f"{YEAR}-03-25 09:35")
    co_chair = hands["co_chair_ohchr"]
    co_chair.open(f"/reunions/{plenary.pk}/").press("/ouvrir-la-seance/")
    co_chair.open(f"/reunions/{review.pk}/compte-rendu/approuver/").press(approved_in=plenary.title)
    review.refresh_from_db()
    assert (review.state, review.minutes_approved_in) == ("minutes_approved", plenary)
    item = review.items.first()
    secretariat.open(f"/reunions/{review.pk}/compte-rendu/{item.pk}/")
    assert secretariat.page.locator("[name=minutes]").count() == 0  # frozen
    co_chair.open(f"/reunions/{plenary.pk}/").press("/lever-la-seance/")


def report_the_quarter(hands):
    unicef = hands["unicef"]
    activity = f"{PLAN}activites/1.1/"
    assert unicef.open("/").page.locator(f"main a[href*='{PLAN}']").count() >= 1  # « À faire »
    unicef.open(activity + "?trimestre=1")
    indicator = unicef.page.locator("[name^=value_]").get_attribute("name")
    spent = unicef.page.locator("[name^=spent_]").get_attribute("name")
    unicef.press(
        "/rapporter/", status="in_progress", progress_percent=35, note="Deux centres ouverts.",
        **{indicator: 140, spent: 30_000},
    )  # fmt: skip
    seen = hands["rc_office"].open(activity).text()
    assert "35" in seen
    assert "Deux centres ouverts." in seen
    assert hands["unwomen"].open(activity).form("/rapporter/").count() == 0  # not hers


def print_the_yearly_report(hands):
    report, secretariat, reader = f"/rapports/{YEAR}/", hands["secretariat"], hands["rc_office"]
    assert reader.open(report).form("/commander/").count() == 0
    assert reader.download(f"{report}rapport.pdf")[0] == 404
    secretariat.open(report).press("/commander/")
    assert secretariat.page.locator(f"main a[href='{report}rapport.pdf']").count() == 1

    link = reader.open(report).page.locator(f"main a[href='{report}rapport.pdf']")
    with reader.page.expect_download() as saved:
        link.click()
    assert saved.value.suggested_filename == f"RNUM-SN_rapport_annuel_{YEAR}_{YEAR}-12-15.pdf"
    words = words_of(saved.value.path().read_bytes())
    for expected in (f"RNUM-SN/{YEAR}/D-001", ACTIVITY, "UNICEF", "ONU Femmes", "Bilan annuel"):
        assert expected in words, expected


def keep_the_report_from(window, secretariat):
    """Somebody known to the portal, with an account, who speaks for no entity."""
    secretariat.open("/membres/personnes/ajouter/").press(
        given_name="Sans", family_name="Entité", email=address_of("outside"), language="fr"
    )
    outside = Hands(window(), "outside")
    accept_invitation(outside, secretariat, "outside")
    assert outside.download(f"/rapports/{YEAR}/rapport.pdf")[0] in {403, 404}
    outside.open(f"/rapports/{YEAR}/", http=404)


def words_of(pdf):
    """The text of a file, with the line breaks of its columns taken out."""
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.replace("\u00ad", "").split())
