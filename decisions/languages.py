"""In which languages a text circulates: it prevails in one, the others are translations of it (ADR 24)."""

from django.conf import settings
from django.utils.translation import get_language, get_language_info


def prevailing() -> str:
    """Code of the language in which texts are written and adopted."""
    return settings.TEXT_LANGUAGES[0]


def translated() -> list[str]:
    """Codes of the languages into which a text may be translated."""
    return settings.TEXT_LANGUAGES[1:]


def name_of(code: str) -> str:
    """« anglais », English: as it stands in a sentence of the reader's language."""
    name = str(get_language_info(code)["name_translated"])
    return name.lower() if get_language() == "fr" else name
