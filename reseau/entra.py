"""Sign-in with the organisation’s Microsoft account: the provider that the settings describe (ADR 16)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

PROVIDER = "entra"


def providers(authority: str, tenant: str, client: str, secret: str) -> dict[str, Any]:
    """``SOCIALACCOUNT_PROVIDERS`` for one tenant of Microsoft Entra; empty where none of the three values is set.

    Raises:
        ImproperlyConfigured: some of the three are missing, or ``tenant`` is not the identifier of one tenant, as
            « common » or « organizations » are not: they would let in whoever has a Microsoft account.
    """
    given = [tenant, client, secret]
    if not any(given):
        return {}
    if not all(given):
        raise ImproperlyConfigured("ENTRA_TENANT_ID, ENTRA_CLIENT_ID, ENTRA_CLIENT_SECRET: set all three or none")
    try:
        UUID(tenant)
    except ValueError:
        raise ImproperlyConfigured(f"ENTRA_TENANT_ID: {tenant} is not the identifier of one tenant") from None
    app = {
        "provider_id": PROVIDER,
        "name": "Microsoft",
        "client_id": client,
        "secret": secret,
        "settings": {
            "server_url": f"{authority}/{tenant}/v2.0",
            # The claims of the ID token, whose issuer and audience are checked, and nothing asked beside them.
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        },
    }
    return {"openid_connect": {"APPS": [app]}}
