"""The code base is under test too: no dead template, no raw markup, no naked choice, every state dressed."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.db import models

from core import components

ROOT = Path(settings.BASE_DIR)
APPS = (
    "core",
    "frameworks",
    "members",
    "decisions",
    "workinggroups",
    "meetings",
    "workplan",
    "outreach",
    "reports",
    "reseau",
)
SOURCES = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = list((ROOT / "templates").rglob("*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
# Templates that a library asks for by name, and never our own code.
FOR_LIBRARIES = ("account/", "mfa/", "usersessions/", "socialaccount/", "allauth/", "bootstrap5/", "django/")


def test_each_template_is_used():
    words = "\n".join(path.read_text("utf-8") for path in [*SOURCES, *TEMPLATES])
    unused = []
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        stem = name.rsplit(".", 1)[0]
        if name.startswith(FOR_LIBRARIES) or name in words or stem in words:
            continue
        # Mails and component wrappers are named by a variable at the end of a known folder.
        if f"{path.parent.relative_to(ROOT / 'templates')}/{{" in words:
            continue
        unused.append(name)

    assert unused == []


def test_safe_markup_is_made_in_few_places_only():
    makers = {str(path.relative_to(ROOT)) for path in SOURCES if "mark_safe" in path.read_text("utf-8")}

    assert makers <= {"core/richtext.py", "core/charts_base.py", "reports/document.py"}


def test_templates_hold_no_style_no_script_and_no_safe_filter():
    wrong = re.compile(
        r"\|\s*safe\b|<script(?![^>]*(?:\bsrc=|\"application/json))|\son(?!ce=)[a-z]+=|<[a-z][^>{]*\sstyle="
    )
    found = [
        str(path.relative_to(ROOT))
        for path in PAGES
        # Mail programs and the PDF renderer read inline styles only; neither is a page of the portal.
        if "mail" not in path.parts and "pdf" not in path.parts and wrong.search(path.read_text("utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize("path", [path for path in SOURCES if path.stat().st_size > 8_000], ids=lambda path: path.name)
def test_no_module_is_longer_than_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_no_page_template_is_longer_than_120_lines():
    long = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in PAGES}

    assert {name: lines for name, lines in long.items() if lines > 120} == {}


def own_models():
    return [model for model in apps.get_models() if model._meta.app_label in APPS]


def test_every_instant_of_an_act_has_its_person():
    """``x_at`` without ``x_by`` is allowed for what the clock does; ``x_by`` without ``x_at`` never."""
    for model in own_models():
        names = {field.name for field in model._meta.concrete_fields}
        orphans = {name for name in names if name.endswith("_by") and f"{name[:-3]}_at" not in names}
        # « proposed by » and « requested by » name entities, whose act has a date of another name.
        people = {
            name for name in orphans if model._meta.get_field(name).related_model is apps.get_model("members.User")
        }
        assert people <= {"reported_by"}, model


def test_every_state_of_every_model_has_its_tag():
    undressed = []
    for model in own_models():
        for field in model._meta.concrete_fields:
            if field.name == "state" and field.choices and model._meta.app_label != "core":
                try:
                    components.kind_of_state(model(state=field.flatchoices[0][0]))
                except components.ComponentError as error:
                    undressed.append(str(error))

    assert undressed == []


def test_choices_are_held_by_the_database_too():
    """``choices`` do not protect the table: each needs a check constraint that names its values."""
    bare = []
    for model in own_models():
        conditions = [
            str(constraint.condition)
            for constraint in model._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
        ]
        for field in model._meta.concrete_fields:
            if field.choices and not any(f"{field.name}__in" in condition for condition in conditions):
                bare.append(f"{model.__name__}.{field.name}")

    assert bare == []


def test_no_model_hides_rows_or_orders_them_by_default():
    assert [model.__name__ for model in own_models() if model._meta.ordering] == []


def test_french_words_keep_their_signs_beside_them():
    """A colon, a question mark or a guillemet never begins or ends a line alone: an unbreakable space holds it."""
    with (ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file)
    said = [
        words
        for message in catalogue
        for words in (message.string if isinstance(message.string, tuple) else (message.string,))
    ]

    assert [words for words in said if re.search(r" [:;?!»]|« |\d %", words)] == []
