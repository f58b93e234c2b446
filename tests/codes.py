"""The codes of an authenticator app."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or showed so many half minutes ago (negative: will show)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - steps))
