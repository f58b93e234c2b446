"""What a person must read when a local service cannot run."""


class LocalServiceError(RuntimeError):
    """A local service cannot start or stop. The text is one or two lines that say what to do."""
