"""The law of the Network stands on its page word for word, and each clause the portal cites is in it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from lxml import html

from reseau import mandate

TEXT = (Path(settings.BASE_DIR) / "reseau" / "data" / "mandat.txt").read_text("utf-8")


def plain(words):
    return " ".join(re.sub(r"\*\*|^- ", "", words, flags=re.M).replace("\xa0", " ").split())


@pytest.mark.django_db
def test_page_shows_the_founding_text_word_for_word(client):
    page = html.fromstring(client.get("/mandat/").content)
    (shown,) = page.xpath("//section[@aria-labelledby='texte']/div")
    title, _blank, body = plain(TEXT).partition("Sénégal ")

    assert page.xpath("//h1")[0].text_content() == "Mandat du Réseau"
    assert title.startswith("Mandat du Réseau des Nations Unies")
    assert plain(shown.text_content()) == body


@pytest.mark.django_db
def test_headings_of_the_text_are_headings_of_the_page(client):
    page = html.fromstring(client.get("/mandat/").content)

    assert [one.text for one in page.xpath("//section[@aria-labelledby='texte']//h3")] == [
        "Enoncé de Mission", "Objectifs du réseau", "Membres et composition du réseau", "Modalités d\'organisation",
        "Prises de décision", "Groupes de travail", "Bilan annuel", "Secrétariat", "Rapports / Livrables",
    ]  # fmt: skip


def test_each_clause_is_in_the_text():
    words = plain(TEXT)

    assert [
        clause.code for part in mandate.sections() for clause in part.clauses if plain(clause.words) not in words
    ] == []
