"""What the checks of a year file share: a value that has to be known, and where it stands in the file."""

Check = tuple[str, str | None, set[str]]  # path, value, what is known


def each(path: str, values: list[str], known: set[str]) -> list[Check]:
    return [(f"{path}[{i}]", value, known) for i, value in enumerate(values)]
