"""Links that open one thing to whoever holds them, made from its row and the secret of the site.

They can be sent again, and the database holds none.
"""

from typing import Any, ClassVar

from django.core import signing


class SignedLink:
    """For a model: ``token`` goes into an address, :meth:`number_in` reads it back.

    Attributes:
        link_salt: names the kind of row, so that a link to one opens no other.
    """

    link_salt: ClassVar[str]

    @property
    def token(self: Any) -> str:
        return signing.Signer(salt=self.link_salt).sign(str(self.pk))

    @classmethod
    def number_in(cls, token: str) -> int | None:
        """The number of the row whose link this is; ``None`` for a link that the portal did not make."""
        try:
            return int(signing.Signer(salt=cls.link_salt).unsign(token))
        except (signing.BadSignature, ValueError):
            return None
