"""Links that open one thing to whoever holds them, made from its row and the secret of the site.

They can be sent again, and the database holds none.
"""

from typing import Any, ClassVar

from django.core import signing


def sign(salt: str, value: str) -> str:
    """The value as it may stand in an address; ``salt`` names what it opens, so that it opens nothing else."""
    return signing.Signer(salt=salt).sign(value)


def read(salt: str, token: str) -> str | None:
    """The value that :func:`sign` put into a token; ``None`` for a token that the portal did not make."""
    try:
        return signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature:
        return None


class SignedLink:
    """For a model: ``token`` goes into an address, :meth:`number_in` reads it back.

    Attributes:
        link_salt: names the kind of row, so that a link to one opens no other.
    """

    link_salt: ClassVar[str]

    @property
    def token(self: Any) -> str:
        return sign(self.link_salt, str(self.pk))

    @classmethod
    def number_in(cls, token: str) -> int | None:
        """The number of the row whose link this is; ``None`` for a link that the portal did not make."""
        number = read(cls.link_salt, token)
        return int(number) if number and number.isdecimal() else None
