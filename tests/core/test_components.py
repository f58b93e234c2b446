"""Components are strict, say what they should, and the files pages load are up to date and light."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override

from core import clock, components
from core.components import Column, ComponentError, DataTable, TaskItem, Voice, VoicesGroup
from core.todo import TodoItem

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def render(source, **values):
    with override("en"), clock.set_to(NOW):
        return Template("{% load components typography %}" + source).render(Context(values))


class Colour(TextChoices):
    GREEN = "green-for-test", "green"
    RED = "red-for-test", "red"


@pytest.fixture
def registered(monkeypatch):
    monkeypatch.setattr(components, "_by_enum", dict(components._by_enum))
    components.register_state_tags(Colour, {Colour.GREEN: "done", Colour.RED: "problem"})


class Thing:
    """As much of a model instance as ``state_tag`` looks at."""

    class _meta:
        @staticmethod
        def get_field(name):
            return SimpleNamespace(flatchoices=Colour.choices)

    state = "red-for-test"

    def get_state_display(self):
        return "red"


@pytest.mark.parametrize(
    "source",
    [
        '{% status_tag "waiting" %}',
        '{% status_tag "waiting" "x" colour="red" %}',
        '{% file_link url="#" %}',
        "{% summary_list %}",
        "{% action_button %}",
        "{% voices %}",
        "{% error_summary form=form %}",
        "{% page_header %}{% endpage_header %}",
        '{% empty_state titel="x" %}{% endempty_state %}',
    ],
)
def test_a_missing_or_unknown_argument_does_not_compile(source):
    with pytest.raises((TemplateSyntaxError, TypeError)):
        render(source, form=forms.Form())


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ('{% status_tag "green" "x" %}', {}),
        ('{% status_tag "done" " " %}', {}),
        ('{% glyph "star" %}', {}),
        ('{% action_button url="#" label="Send" style="huge" %}', {}),
        ('{% action_button url="" label="Send" %}', {}),
        ('{% notice "loud" %}x{% endnotice %}', {}),
        ('{% page_header title="" %}{% endpage_header %}', {}),
        ("{% summary_list rows %}", {"rows": [("only a label",)]}),
        ("{% summary_list rows %}", {"rows": [{"label": "a", "value": "b", "colour": "c"}]}),
        ("{% task_list items %}", {"items": ["text"]}),
        ("{% task_list items %}", {"items": [TaskItem("a", "#", "", "green", "x")]}),
        ("{% voices groups %}", {"groups": [VoicesGroup("against", [])]}),
        ("{% data_table table %}", {"table": [[1]]}),
        ("{% figure drawing %}", {"drawing": "<svg>"}),
        ("{% pagination page %}", {"page": 3}),
        ("{% steps 4 labels %}", {"labels": ["a", "b"]}),
        ("{% error_summary %}", {}),
    ],
)
def test_a_wrong_value_raises(source, values):
    with pytest.raises(ComponentError):
        render(source, **values)


def test_a_row_must_have_a_cell_per_column():
    with pytest.raises(ComponentError, match="2 cells in a table of 1 columns"):
        DataTable("c", (Column("a"),), ((1, 2),))
    with pytest.raises(ComponentError, match="unknown kind"):
        Column("a", "number")


@pytest.mark.parametrize("kind", components.TAG_KINDS)
def test_a_tag_has_a_shape_and_a_word(kind):
    text = render("{% status_tag kind 'open <now>' %}", kind=kind)
    assert "<svg" in text
    assert 'aria-hidden="true"' in text
    assert "Open &lt;now&gt;" in text


def test_each_kind_of_tag_has_its_own_shape():
    assert len(set(components.TAG_KINDS.values())) == len(components.TAG_KINDS)


@pytest.mark.usefixtures("registered")
def test_a_state_wears_its_registered_tag():
    assert "tag-problem" in render("{% state_tag thing %}", thing=Thing())
    assert "tag-done" in render("{% state_tag thing %}", thing=Colour.GREEN)


def test_a_forgotten_an_unknown_or_a_misdressed_state_is_refused(registered):
    with pytest.raises(ComponentError, match="no tag for red-for-test"):
        components.register_state_tags(Colour, {Colour.GREEN: "done"})
    with pytest.raises(ComponentError, match="unknown states blue"):
        components.register_state_tags(Colour, {Colour.GREEN: "done", Colour.RED: "problem", "blue": "done"})
    with pytest.raises(ComponentError, match="unknown kinds crimson"):
        components.register_state_tags(Colour, {Colour.GREEN: "done", Colour.RED: "crimson"})


def test_states_nobody_registered_are_refused():
    class Alone(TextChoices):
        ONE = "alone", "one"

    with pytest.raises(ComponentError, match="no state tags"):
        render("{% state_tag thing %}", thing=Alone.ONE)


def test_tasks_say_their_deadline_their_delay_and_the_zone():
    soon = TodoItem("Give a position", "/d/1/", "Frozen text.", datetime(2026, 12, 4, 17, 0, tzinfo=UTC))
    late = TodoItem("Update 2 activities", "/p/", "", NOW - timedelta(days=3), overdue=True)
    today = TodoItem("Sign", "/s/", "", NOW - timedelta(hours=1), overdue=True)
    text = render("{% task_list items %}", items=[soon, late, today]).replace("\xa0", " ")
    assert "Before Fri 4 Dec, 17:00" in text
    assert "Frozen text. · Dakar time" in text
    assert "3 days late" in text
    assert "Late since today" in text
    assert text.count("tag-problem") == 2


def test_voices_come_in_the_order_of_what_blocks():
    groups = [
        VoicesGroup("silent", [Voice("FIDA")]),
        VoicesGroup("support", [Voice("OIM", "/m/oim/")]),
        VoicesGroup("lifted", []),
        VoicesGroup("objection", [Voice("ONU-Femmes", reason="No floor <b>", would_lift="a floor")]),
    ]
    text = render("{% voices groups %}", groups=groups)
    assert text.index("ONU-Femmes") < text.index("OIM") < text.index("FIDA")
    assert "No floor &lt;b&gt;" in text
    assert "What would lift it:" in text
    assert "voices-lifted" not in text
    assert "%" not in text


def test_a_timeline_says_the_year_when_it_changes():
    events = [(date(2025, 12, 18), "Sent"), (date(2026, 1, 5), "Received", "by hand")]
    text = render("{% timeline events %}", events=events)
    assert "Dec 2025" in text
    assert "Jan 2026" in text
    assert text.count("<li") == 2


def test_a_timeline_says_the_hours_of_a_day_that_saw_several():
    ten, noon = datetime(2026, 3, 2, 10, 5, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC)
    alone = datetime(2026, 3, 3, 9, tzinfo=UTC)
    text = render("{% timeline events %}", events=[(ten, "Opened"), (noon, "Closed"), (alone, "Told")])
    assert (text.count(">10:05<"), text.count(">12:00<"), text.count(">09:00<")) == (1, 1, 0)


class Form(forms.Form):
    title = forms.CharField(label="Title")
    choice = forms.ChoiceField(label="Choice", choices=[("a", "A")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_the_error_summary_links_to_each_field():
    text = render("{% error_summary form %}", form=Form({}))
    assert 'role="alert"' in text
    assert '<a href="#id_title">Title: ' in text
    assert '<a href="#id_choice_0">Choice: ' in text
    assert "secret" not in text


def test_no_error_no_box_and_a_formset_is_read_through():
    assert render("{% error_summary form %}", form=Form()).strip() == ""
    formset = forms.formset_factory(Form, extra=0, min_num=1, validate_min=True)
    text = render("{% error_summary form %}", form=formset({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}))
    assert "#id_form-0-title" in text


def test_the_title_of_a_refused_form_begins_with_error():
    assert render("{% error_prefix %}") == ""
    assert render("{% error_prefix %}", form=Form()) == ""
    assert render("{% error_prefix %}", form=Form({})) == "Error: "
    assert render("{% error_prefix %}", form=Form(), position_form=Form({})) == "Error: "
    assert render("{% error_prefix %}", rows=forms.formset_factory(Form)({})) == "Error: "
    good = Form({"title": "a", "choice": "a", "secret": "s"})
    assert render("{% error_prefix %}", form=good) == ""


class _Asking(forms.Form):
    title, reason, note = forms.CharField(), forms.CharField(required=False), forms.CharField(required=False)


class _AskingMore(_Asking):
    day = forms.DateField(required=False)


class _AskingNothing(_AskingMore):
    title = forms.CharField(required=False)


def test_a_long_form_says_what_its_asterisks_mean():
    assert "asterisk" in render("{% required_note form %}", form=_AskingMore())
    assert render("{% required_note form %}", form=_Asking()) == ""
    assert render("{% required_note form %}", form=_AskingNothing()) == ""


def test_an_action_is_a_post_form_with_its_token_and_hidden_fields():
    text = render('{% action_button url="/x/" label="Convene" next=back %}', csrf_token="t0ken", back="/y/?a=1&b")
    assert 'method="post" action="/x/"' in text
    assert "t0ken" in text
    assert 'name="next" value="/y/?a=1&amp;b"' in text


def test_pagination_keeps_the_query_and_replaces_the_page():
    request = RequestFactory().get("/", {"q": "é&", "page": "4"})
    text = render("{% pagination page %}", page=Paginator(range(250), 25).page(4), request=request)
    assert 'href="?q=%C3%A9%26&amp;page=5"' in text
    assert 'aria-current="page"' in text
    assert "page=4&" not in text


@pytest.mark.parametrize(("value", "width"), [(0, "0"), (33.333, "33.33"), (140, "100"), (-2, "0")])
def test_a_meter_stays_in_its_bar(value, width):
    assert f'width="{width}" height' in render("{% meter value %}", value=value)


def test_a_meter_without_value_shows_a_dash():
    assert "svg" not in render("{% meter value %}", value=None)


def test_a_file_link_says_type_and_size():
    text = render('{% file_link url="/f/" name="Minutes" kind="PDF" size=184000 %}')
    assert "(PDF, 184\xa0KB)" in text


def test_a_table_gives_each_cell_its_label_for_phones():
    table = DataTable(
        "c", (Column("Name", "head"), Column("Sum", "num", "?sort=sum", "descending")), (("a", 1),), ("All", 1)
    )
    text = render("{% data_table table %}", table=table)
    assert 'data-label="Sum"' in text
    assert 'aria-sort="descending"' in text
    assert '<th scope="row" role="rowheader">A</th>' in text
    assert "<tfoot" in text


def test_the_built_files_are_up_to_date_and_light():
    static = settings.BASE_DIR / "static"
    check = subprocess.run(
        [sys.executable, static / "css" / "build.py", "--check"], capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stdout
    brotli = pytest.importorskip("brotli")
    assert len(brotli.compress((static / "css" / "portal.css").read_bytes())) <= 20_000
    assert len(brotli.compress((static / "js" / "portal.js").read_bytes())) <= 20_000


def test_style_and_script_call_nobody_and_use_no_inline_pictures():
    for path in ("css/portal.css", "js/portal.js"):
        text = (settings.BASE_DIR / "static" / path).read_text("utf-8")
        assert "url(" not in text
        assert "http" not in text.replace('a[href^="http"]', "")
        assert "@import" not in text
