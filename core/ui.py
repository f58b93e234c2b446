"""``/ui/``: every component in every state, to look at and to run the accessibility check on. Invented data only."""

from datetime import UTC, date, datetime, timedelta

from crispy_forms.helper import FormHelper
from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core import charts, clock, components
from core.components import Column, DataTable, Difference, SummaryRow, TaskItem, TimelineEvent, Voice, VoicesGroup
from core.templatetags.components import status_tag
from core.todo import TodoItem

OBJECTIVES = (
    ("Données", 4), ("Lutter contre les facteurs négatifs", 4), ("Fourniture d’informations", 2),
    ("Identité légale et papiers", 1), ("Filières de migration régulière", 1), ("Recrutement et travail décent", 1),
    ("Réduire la vulnérabilité", 4), ("Sauver des vies", 1), ("Combattre le trafic de migrants", 1),
    ("Éradiquer la traite de personnes", 2), ("Gérer les frontières", 1), ("Contrôle, évaluation et orientation", 1),
    ("Alternatives à la rétention", 0), ("Protection consulaire", 1), ("Accès aux services de base", 2),
    ("Intégration et cohésion sociale", 3), ("Éliminer les discriminations", 2), ("Compétences et qualifications", 1),
    ("Contributions des migrants et diaspora", 1), ("Envois de fonds", 1), ("Retour digne et réintégration durable", 2),
    ("Protection sociale", 1), ("Coopération internationale", 4),
)  # fmt: skip
YEAR = (
    ("T1", (1, 29), "plenary"), ("T2", (4, 30), "plenary"), ("Ad hoc", (6, 25), "ad_hoc"), ("T3", (7, 30), "plenary"),
    ("Partenaires", (9, 24), "partners"), ("T4", (10, 29), "plenary"), ("Clôture de l’appel", (12, 4), "deadline"),
    ("Bilan annuel", (12, 10), "annual_review"),
)  # fmt: skip


class ExampleForm(forms.Form):
    """One field of each kind the portal uses."""

    title = forms.CharField(label=_("Title"), help_text=_("One line that members will recognise."))
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    mode = forms.ChoiceField(label=_("Mode"), choices=[("in_person", _("In person")), ("online", _("Online"))])
    position = forms.ChoiceField(
        label=_("Position"),
        widget=forms.RadioSelect,
        choices=[("support", _("We support")), ("live", _("We can live with it")), ("object", _("We object"))],
    )
    entities = forms.MultipleChoiceField(
        label=_("Entities"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("oim", "OIM"), ("hcdh", "HCDH"), ("unicef", "UNICEF")],
    )
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs=components.count_attrs(300) | components.autosave_attrs("ui-text-1")),
    )
    document = forms.FileField(label=_("Document"), required=False, help_text=_("PDF, Word or Excel, 10 MB at most."))
    urgent = forms.BooleanField(label=_("Urgent"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


@require_safe
def ui(request):
    """Show them all; writes nothing."""
    now = clock.now()
    return render(
        request, "ui/ui.html", {**_drawings(), **_lists(now), **_forms(), "page": Paginator(range(250), 25).page(4)}
    )


def _drawings():
    marks = [charts.YearMark(label, date(2026, *day), kind, done=day < (11, 23), url="#") for label, day, kind in YEAR]
    tiles = [charts.ObjectiveTile(n, label, count, "#") for n, (label, count) in enumerate(OBJECTIVES, 1)]
    outcomes = [
        charts.Money("R1 Gouvernance des migrations coordonnée et inclusive", 435_000, 315_000, 190_000),
        charts.Money("R2 Données fiables et ventilées", 458_000, 333_000, 214_500),
        charts.Money("R3 Droits et services de base", 950_000, 680_000, 401_000),
    ]
    return {
        "year": charts.year_line(marks, date(2026, 1, 1), date(2026, 12, 31), date(2026, 11, 23), uid="year"),
        "grid": charts.objectives_grid(tiles),
        "bars": charts.bars(
            [charts.Bar("OIM", 12), charts.Bar("UNICEF", 7), charts.Bar("HCDH", 0)],
            title="Activités par entité",
            uid="bars",
        ),
        "stacked": charts.stacked_bars(outcomes, title="Budget par résultat", uid="money"),
        "progress": charts.progress_bar(76, uid="progress"),
    }


def _table():
    return DataTable(
        "Avancement au 23 novembre 2026, montants en USD",
        (
            Column("No"),
            Column("Résultat", "head", "?sort=name", "ascending"),
            Column("Activités", "num"),
            Column("Requis", "num"),
            Column("État"),
        ),
        (
            (
                "R1",
                "La gouvernance des migrations est mieux coordonnée, inclusive et alignée sur le PMM",
                5,
                "435 000",
                status_tag("active", "En cours"),
            ),
            (
                "R2",
                "Des données fiables et ventilées éclairent les politiques",
                5,
                "458 000",
                status_tag("problem", "En retard"),
            ),
        ),
        ("", "Ensemble", 10, "893 000", ""),
    )


def _tasks(now):
    soon, late = now + timedelta(days=11), now - timedelta(days=3)
    return [
        TodoItem(
            "Donner la position de l’UNICEF sur « Cadrage du PTA 2027 »",
            "#",
            "Appel sur texte arrêté, version 3.",
            soon,
        ),
        TodoItem(
            "Mettre à jour 2 activités du PTA",
            "#",
            "2.3 Référencement · 4.1 Formation.",
            late,
            overdue=True,
        ),
        TodoItem(
            "Relire le compte rendu de la réunion T4",
            "#",
            "Circulé le 29 octobre ; approbation au bilan annuel.",
            tag="corrections ouvertes",
        ),
        TaskItem("Signer le PTA 2027", "#", "Deux signatures sont requises.", "done", "signé"),
    ]


def _lists(now):
    return {
        "tasks": _tasks(now),
        "rows": [
            SummaryRow(
                "Date", "jeudi 10 décembre 2026, 9\u00a0h\u00a000\u00a0– 13\u00a0h\u00a000 (heure de Dakar)", "#"
            ),
            SummaryRow("Lieu", "Bureau de l’OIM, Dakar", "#"),
            ("Modalité", "bimodale"),
        ],
        "figures": [("Activités achevées ou en cours", "26 / 30"), ("Objectifs du PMM couverts", "21 / 23")],
        "events": [
            (date(2025, 12, 18), "Plan transmis au Coordonnateur résident"),
            (datetime(2026, 11, 5, 9, tzinfo=UTC), "Consultation ouverte par l’OIM", "9 commentaires, 4 amendements"),
            TimelineEvent(date(2026, 12, 10), "Bilan annuel : le plan est soumis à validation", is_next=True),
        ],
        "groups": _voices(),
        "table": _table(),
        "filters": [("Région : Kédougou", "#"), ("État : en retard", "#")],
        "kinds": [
            ("neutral", "corrections ouvertes"),
            ("active", "en exécution"),
            ("waiting", "avant jeu. 3 déc."),
            ("done", "adoptée"),
            ("problem", "objection ouverte"),
        ],
        "differences": [Difference(_("Text"), "Reporter la mission.", "Annuler la mission.", "HCDH")],
        "step_labels": ["Date et lieu", "Ordre du jour", "Participants", "Documents", "Vérifier avant envoi"],
    }


def _voices():
    objection = Voice(
        "ONU-Femmes", "#", "La part des activités consacrées aux femmes en mobilité n’est pas chiffrée.",
        "un plancher chiffré pour les activités en faveur des femmes",
    )  # fmt: skip
    return [
        VoicesGroup(
            "silent",
            [Voice(name) for name in ("FIDA", "ONUDI", "OMS", "ONUSIDA", "ONU-Habitat", "UNOPS")],
            "rappel le 2 décembre",
        ),
        VoicesGroup(
            "support", [Voice(name, "#") for name in ("OIM", "HCDH", "OIT", "HCR", "UNICEF", "ONUDC", "PAM", "FAO")]
        ),
        VoicesGroup(
            "reservation", [Voice("PNUD", "#", "Le calendrier du second trimestre reste serré."), Voice("UNFPA", "#")]
        ),
        VoicesGroup("objection", [objection]),
        VoicesGroup("stands_aside", [Voice("FENU", "#")]),
        VoicesGroup("lifted", [Voice("UNESCO", "#", note="Objection du 17 novembre, levée le 20 novembre.")]),
    ]


def _forms():
    good, bad = ExampleForm(prefix="a"), ExampleForm({"b-title": "", "b-day": "2026-13-45"}, prefix="b")
    bad.is_valid()
    return {"good_form": good, "bad_form": bad}
