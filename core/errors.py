"""Refusals that a person can read. Anything else that goes wrong is a bug and may crash."""

from django.utils.translation import gettext as _


class DomainError(Exception):
    """What the person asked for is not possible. ``str(error)`` is a sentence fit to be shown as it is."""


class NotAllowedNow(DomainError):
    """The act exists and the person has the right, but not in the present state of the thing."""

    def __init__(self, thing: object, verb: str, state: str) -> None:
        self.thing, self.verb, self.state = thing, verb, state
        super().__init__(
            _("“%(thing)s” is now “%(state)s”: this is no longer possible.") % {"thing": thing, "state": state}
        )


class Gone(DomainError):
    """Somebody removed the thing after the page was opened."""

    def __init__(self, thing: object) -> None:
        super().__init__(_("“%s” was removed meanwhile.") % thing)


class StaleVersion(DomainError):
    """Somebody saved a newer version after the page was opened."""

    def __init__(self, thing: object) -> None:
        self.thing = thing
        super().__init__(
            _("“%(thing)s” was changed while you were writing. Your text is kept below.")
            % {"thing": thing}
        )
