"""The sentences of a year in which nearly everything happened once, and of a year without a plan."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.utils import translation

from reports import figures, narrative, plan, snapshot
from reports.document import key_figures, outline, report_document, stands_of
from tests.factories.reports import empty_snapshot

INVARIABLE = {"des", "fois", "has"}


def once(sample):
    """One of everything: one objective of the Compact is served, and the one objection was lifted."""
    outcome = sample.plan.outcomes[0]
    activity = replace(outcome.activities[0], objectives=(1,), indicators=outcome.activities[0].indicators[:1])
    decision = next(one for one in sample.decisions if one.objections)
    return replace(
        sample,
        members=sample.members[:1],
        meetings=next((one,) for one in sample.meetings if one.is_held),
        action_points=sample.action_points[:1],
        decisions=(replace(decision, objections=decision.objections[:1]),),
        open_decisions=(),
        plan=replace(sample.plan, outcomes=(replace(outcome, activities=(activity,)),)),
    )


def words_of(html):
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(text).replace("\xa0", " ").replace("\u202f", " "))


def plurals_after_one(text):
    """« 1 réunions »; the table of contents and dates hold other numbers."""
    found = re.findall(r"(?<![\d.,/–-] )(?<![\d.,/])\b1 ([a-zéèàç]+s)\b", text)
    return [word for word in found if word not in INVARIABLE]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_happened_once_is_told_in_the_singular(sample, language):
    single = once(sample)
    with translation.override(language):
        sentences = [*narrative.summary(single), *narrative.decisions(single), *narrative.composition(single)]
        sentences += [*narrative.coverage(figures.coverage(single)), *narrative.meetings(single)]
        counted = [f"{figure} {label}" for figure, label, _whole in key_figures(single)]

    text = words_of(" ".join(sentences + counted))
    assert plurals_after_one(text) == []
    assert len(re.findall(r"\b1 ", text)) > 10


def test_entities_that_joined_are_named_once(sample):
    """The paragraph counts them, the list below names them with their day."""
    joined = replace(sample, members=tuple(replace(one, since=date(2026, 4, 3)) for one in sample.members))
    with translation.override("fr"):
        paragraph = narrative.composition(joined)[0]

    assert f"{len(joined.members)} entités sont entrées" in paragraph
    assert [one.acronym for one in joined.members if one.kind == "member" and one.acronym in paragraph] == []


def test_one_entity_speaks_in_the_singular(sample):
    said = {"objects", "can_live_with", "stands_aside", "supports", "lifts_objection", "silent"}
    decision = replace(sample.decisions[0], stands=tuple(snapshot.Stand("OIM", one, "") for one in sorted(said)))
    with translation.override("fr"):
        headings = [heading for heading, _names, _reasons in stands_of(decision)]

    assert headings == [
        "Maintient une objection", "Peut vivre avec", "S’abstient", "Soutient", "A levé son objection",
        "Ne s’est pas exprimée",
    ]  # fmt: skip


def test_printed_plan_of_one_activity_is_told_in_the_singular(sample):
    single = once(sample)
    content = snapshot.TransmittedPlan(
        2026, single.taken_at, "RNUM-SN", single.plan, (snapshot.Placing("1.1", (), (), ()),), (), single.objectives
    )
    with translation.override("fr"):
        text = words_of(plan.plan_document(content, digest="0" * 64))

    assert "1 des 23 objectifs est servi" in text
    assert plurals_after_one(text) == []


def test_every_activity_is_counted_under_its_status(sample):
    """What the sentence names adds up to the activities of the plan."""
    with translation.override("fr"):
        sentence = narrative.plan_execution(sample)[0].partition(".")[0]

    total, *parts = map(int, re.findall(r"\d+", sentence))
    assert (total, sum(parts)) == (len(sample.plan.activities), total)
    assert "non commencée" in sentence


def test_year_without_a_plan_lists_no_objective(sample):
    """Nothing is on record, so nothing is said of each of the 23."""
    empty = empty_snapshot()
    with translation.override("fr"):
        text = words_of(report_document(empty, digest="0" * 64))
        chapters = {chapter.slug: chapter for chapter in outline(has_plan=False)}

    assert [one.title for one in empty.objectives if one.title in text] == []
    assert chapters["objectives"].sections == {}
    assert "Toutes les activités" not in text
