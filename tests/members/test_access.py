"""The ways in withstand who tries them: guesses are stopped, answers tell nothing, closed sessions stay closed."""

import re
import time

import pytest
import redis
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from lxml import html

from members import actions
from tests.factories.members import PASSWORD, UserFactory
from tests.factories.partners import PartnerContactFactory
from tests.mails import bodies, last_mail

pytestmark = pytest.mark.django_db
LOCKED = "Trop d’essais manqués. Réessayez dans quelques minutes."
GUESSES, WRONG = 5, "mauvais"


@pytest.fixture
def person():
    return UserFactory(email="connue@example.org", with_account=True)


@pytest.fixture
def secretariat(personas):
    return personas.secretariat


def try_password(client, address, password=WRONG):
    return client.post(reverse("account_login"), {"login": address, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def errors_of(response):
    return [error for errors in response.context["form"].errors.values() for error in errors]


def guess(client, address, times=GUESSES):
    for _time in range(times):
        answer = try_password(client, address)
    return answer


# --- Guesses are stopped --------------------------------------------------------------------------------------------
def test_sixth_try_is_refused_even_with_the_right_password(client, person):
    guess(client, person.email)

    answer = try_password(client, person.email, PASSWORD)

    assert errors_of(answer) == [LOCKED]
    assert not is_signed_in(client)


def test_lock_holds_for_another_letter_case_and_another_connection(client, person):
    guess(client, person.email)

    answer = try_password(Client(REMOTE_ADDR="192.0.2.7"), person.email.upper(), PASSWORD)

    assert errors_of(answer) == [LOCKED]


def test_lock_is_of_one_address_alone(client, person):
    guess(client, "autre@example.org")

    try_password(client, person.email, PASSWORD)

    assert is_signed_in(client)


def test_lock_ends_after_five_minutes(client, person, monkeypatch):
    guess(client, person.email)
    later = time.time() + 301
    monkeypatch.setattr(ratelimit.time, "time", lambda: later)

    try_password(client, person.email, PASSWORD)

    assert is_signed_in(client)


def test_who_forgot_the_password_is_let_in_by_the_link_of_the_mail(client, person):
    guess(client, person.email)
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"(/compte/password/reset/key/\S+/)", bodies(last_mail())[0]).group(1)
    new = "un-autre-mot-de-passe"

    client.post(client.get(link)["Location"], {"password1": new, "password2": new})
    try_password(client, person.email, new)

    assert is_signed_in(client)


def test_lock_needs_no_redis(client, person, monkeypatch):
    def refuse(_connection):
        raise redis.ConnectionError("stopped")

    monkeypatch.setattr(redis.Connection, "connect", refuse)
    guess(client, person.email)

    assert errors_of(try_password(client, person.email, PASSWORD)) == [LOCKED]


def test_lock_is_kept_by_the_database_and_seen_by_every_process(client, person):
    guess(client, person.email)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] == 2  # one for the address, one for the connection


def test_lock_is_not_pushed_out_by_tries_at_other_addresses(client, person):
    guess(client, person.email)
    for number in range(400):
        cache.set(f"another:{number}", 1, 300)

    assert errors_of(try_password(client, person.email, PASSWORD)) == [LOCKED]


def test_guesses_at_many_addresses_from_one_connection_are_stopped(client, person):
    for number in range(10):
        try_password(client, f"essai-{number}@example.org")

    assert errors_of(try_password(client, person.email, PASSWORD)) == [LOCKED]


def test_second_factor_is_not_guessed(client, person):
    TOTP.activate(person, generate_totp_secret())
    try_password(client, person.email, PASSWORD)

    answers = [client.post(reverse("mfa_authenticate"), {"code": f"00000{n}"}) for n in range(GUESSES + 1)]

    assert errors_of(answers[-2]) == ["Ce code n’est pas le bon."]
    assert errors_of(answers[-1]) == [LOCKED]
    assert not is_signed_in(client)


def test_code_of_a_mail_is_tried_three_times(client, person):
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = re.search(r"Votre code\s*: (\S+)", bodies(last_mail())[0]).group(1)

    for _time in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "ZZZ-ZZZ"})
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["account_login", "account_reset_password_from_key"])
@pytest.mark.parametrize(("language", "said"), [("fr", "Trop d’essais"), ("en", "Too many tries")])
def test_storm_of_tries_gets_a_page_that_says_what_to_do(client, name, language, said):
    address = reverse(name, args=["1", "abc-def"] if "key" in name else [])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    for number in range(31):
        answer = client.post(address, {"login": f"essai-{number}@example.org", "password": WRONG})

    page = html.document_fromstring(answer.content.decode())
    assert answer.status_code == 429
    assert said in page.xpath("//h1")[0].text_content()
    assert page.xpath(f"//main//a[@href='{reverse('account_login')}']")


# --- Answers tell nothing -------------------------------------------------------------------------------------------
def never_invited():
    return UserFactory()


def closed():
    return UserFactory(with_account=True, is_active=False)


def contact_of_a_partner():
    return PartnerContactFactory().person


def with_account():
    return UserFactory(with_account=True)


PEOPLE = [with_account, never_invited, closed, contact_of_a_partner]


def told(client, address, form):
    """What somebody outside learns: status, where it leads, and the page to the letter but for what they typed."""
    answer = client.post(address, form)
    typed = next(iter(form.values()))
    shown = client.get(answer["Location"]).content if answer.status_code == 302 else answer.content
    body = re.sub(
        r'name="csrfmiddlewaretoken" value="[^"]+"|<p class="small">Référence de la page.*', "", shown.decode()
    )
    return answer.status_code, answer.headers.get("Location"), body.replace(typed, "…")


@pytest.mark.parametrize("somebody", PEOPLE)
@pytest.mark.parametrize("route", ["account_login", "account_request_login_code", "account_reset_password"])
def test_open_forms_answer_alike_for_whoever_is_known(somebody, route):
    fields = {"account_login": "login"}
    more = {"password": WRONG} if route == "account_login" else {}
    known, unknown = somebody().email, "personne@example.org"

    answers = [told(Client(), reverse(route), {fields.get(route, "email"): who, **more}) for who in (known, unknown)]

    assert answers[0] == answers[1]


def test_lock_tells_nothing_either(person):
    answers = []
    for number, who in enumerate((person.email, "personne@example.org")):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        guess(client, who)
        answers.append(told(client, reverse("account_login"), {"login": who, "password": WRONG}))

    assert answers[0] == answers[1]


def test_wrong_password_costs_the_same_work_for_whoever_is_known(client, person, monkeypatch):
    worked = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    monkeypatch.setattr(f"{hasher}.encode", lambda self, password, salt: worked.append(password) or "md5$salt$x")
    never = never_invited()

    for address in (person.email, never.email, "personne@example.org"):
        worked.clear()
        try_password(client, address)
        assert len(worked) == 1, address


# --- Sessions -------------------------------------------------------------------------------------------------------
PHONE = "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def laptop(person):
    client = Client(HTTP_USER_AGENT=LAPTOP)
    try_password(client, person.email, PASSWORD)
    return client


@pytest.fixture
def phone(person):
    client = Client(HTTP_USER_AGENT=PHONE)
    try_password(client, person.email, PASSWORD)
    return client


def is_open(client):
    return client.get(reverse("members:account")).status_code == 200


def close_address(user_agent):
    return reverse("usersessions_close", args=[UserSession.objects.get(user_agent=user_agent).pk])


def test_list_names_each_browser_and_offers_to_close_the_others(laptop, phone):
    page = html.document_fromstring(laptop.get(reverse("usersessions_list")).content.decode())
    rows = [re.sub(r"\s+", " ", row.text_content()) for row in page.xpath("//tbody/tr")]

    assert "Firefox, Windows" in rows[0]
    assert "Celle-ci" in rows[0]
    assert "Chrome, Android" in rows[1]
    assert page.xpath("//tbody//form/@action") == [close_address(PHONE)]


def test_closed_session_asks_for_the_password_at_its_next_page(laptop, phone):
    answer = laptop.post(close_address(PHONE), follow=True)

    assert "Session fermée" in answer.content.decode()
    assert is_open(laptop)
    assert not is_open(phone)


def test_session_one_works_in_is_left_by_signing_out(laptop, phone):
    answer = laptop.post(close_address(LAPTOP))

    assert answer.status_code == 404
    assert is_open(laptop)


def test_session_of_somebody_else_is_not_found(laptop, secretariat, sign_in):
    assert sign_in(secretariat).post(close_address(LAPTOP)).status_code == 404
    assert is_open(laptop)


def test_all_the_others_are_closed_at_once(laptop, phone):
    laptop.post(reverse("usersessions_list"))

    assert is_open(laptop)
    assert not is_open(phone)


def test_account_opened_again_brings_no_former_session_back(laptop, phone, person, secretariat):
    actions.deactivate_person(person, by=secretariat)
    assert not is_open(laptop)

    actions.reactivate_person(person, by=secretariat)

    assert not is_open(laptop)
    assert not is_open(phone)
    assert not UserSession.objects.filter(user=person).exists()


def test_new_password_closes_the_other_sessions(laptop, phone):
    new = "un-autre-mot-de-passe"
    laptop.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    laptop.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_open(laptop)
    assert not is_open(phone)
