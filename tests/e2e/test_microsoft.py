"""From the button through the provider and back, in a real browser: what its policy on forms would stop, stops here."""

import pytest
from allauth.socialaccount.models import SocialAccount

from reseau.entra import providers
from tests.e2e.pages.eyes import WIDTHS
from tests.factories.members import PASSWORD, FocalPointFactory, MemberFactory, UserFactory
from tests.microsoft import CLIENT, SECRET, TENANT, serve

BUTTON = "form[action='/compte/microsoft/'] button"


@pytest.fixture
def microsoft(settings):
    for provider in serve():
        settings.ENTRA_TENANT_ID = TENANT
        settings.SOCIALACCOUNT_PROVIDERS = providers(provider.url, TENANT, CLIENT, SECRET)
        forms = {"form-action": ["'self'", provider.url]}
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, **forms}}
        yield provider


@pytest.fixture
def person():
    one = UserFactory(email="awa@example.org", with_account=True)
    FocalPointFactory(entity=MemberFactory(), person=one)
    return one


def look(window):
    for width in WIDTHS:
        window.page.set_viewport_size({"width": width, "height": 900})
        assert window.violations() == []
        assert not window.is_wider_than_the_screen()


def press(window, button=BUTTON):
    with window.page.expect_navigation():
        window.page.locator(f"main {button}").first.click()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False])
def test_account_is_linked_then_opens_the_portal_then_is_unlinked(window, person, microsoft, javascript):
    microsoft.says(email="awa@un.example.org")
    here = window(width=360, javascript=javascript)
    elsewhere = f"request elsewhere: {microsoft.url}"

    here.sign_in(person.email, PASSWORD)
    here.open("/compte/microsoft/lien/")
    here.page.locator("main input[name=password]").fill(PASSWORD)
    press(here, "button[type=submit]")
    if javascript:
        look(here)
    press(here)
    assert "awa@un.example.org" in here.page.locator("main").inner_text()
    if javascript:
        look(here)

    here.page.context.clear_cookies()
    here.open("/compte/login/")
    if javascript:
        look(here)
    press(here)
    assert here.page.url == f"{here.server}/"

    here.open("/compte/microsoft/lien/")
    if "reauthenticate" in here.page.url:
        here.page.locator("main input[name=password]").fill(PASSWORD)
        press(here, "button[type=submit]")
    press(here, "button.btn-danger")
    assert not SocialAccount.objects.exists()
    # The one elsewhere that is meant.
    here.problems[:] = [one for one in here.problems if not one.startswith(elsewhere)]


@pytest.mark.django_db(transaction=True)
def test_unknown_account_and_failed_sign_in_say_what_to_do(window, microsoft):
    microsoft.says(sub="nobody", email="personne@example.org")
    here = window(width=360)
    elsewhere = f"request elsewhere: {microsoft.url}"

    here.open("/compte/login/")
    press(here)
    assert "n’ouvre aucun compte ici" in here.page.locator("main").inner_text()
    look(here)
    here.open("/compte/microsoft/retour/?error=access_denied")
    assert "n’a pas abouti" in here.page.locator("main").inner_text()
    look(here)
    here.problems[:] = [one for one in here.problems if not one.startswith(elsewhere)]
