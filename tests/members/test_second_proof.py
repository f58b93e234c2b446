"""The pages on which a person sets up a second proof: asked for the password again, in French, robust."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.urls import reverse
from lxml import html

PASSWORD = "baobab-sur-la-corniche"


@pytest.fixture
def client_of_focal(personas, client):
    personas.focal_a.set_password(PASSWORD)
    personas.focal_a.save()
    client.post(reverse("account_login"), {"login": personas.focal_a.email, "password": PASSWORD})
    return client


@pytest.fixture
def confirmed(client_of_focal):
    answer = client_of_focal.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302
    return client_of_focal


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_second_proof_is_set_up_by_who_gave_the_password_again(client_of_focal, name):
    address = reverse(name)

    asked = client_of_focal.get(address)
    answer = client_of_focal.post(asked["Location"], {"password": PASSWORD})

    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert answer["Location"] == address
    assert client_of_focal.get(address).status_code == 200


def test_labels_of_a_key_are_french(confirmed, personas):
    adding = confirmed.get(reverse("mfa_add_webauthn"))
    key = WebAuthn.add(personas.focal_a, "Clé du bureau", {}).instance
    editing = confirmed.get(reverse("mfa_edit_webauthn", args=[key.pk]))

    for page in (adding, editing):
        label = html.document_fromstring(page.content.decode()).xpath("//main//label")[0]
        assert label.text_content().strip().rstrip("*") == "Nom"


@pytest.mark.parametrize("name", ["", "é" * 101, "clé\0"])
def test_key_with_a_name_that_cannot_be_is_refused_and_keeps_its_own(confirmed, personas, name):
    key = WebAuthn.add(personas.focal_a, "Clé du bureau", {}).instance

    answer = confirmed.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": name})

    assert answer.status_code == 200
    assert Authenticator.objects.get(pk=key.pk).wrap().name == "Clé du bureau"


def test_key_of_somebody_else_is_not_found(confirmed, personas):
    key = WebAuthn.add(personas.focal_b, "Clé", {}).instance

    assert confirmed.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "À moi"}).status_code == 404
