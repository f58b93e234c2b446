"""Whatever is sent to any form or address of the portal: a page that says what is wrong, never an error of ours."""

import re
from urllib.parse import parse_qsl, quote_plus

import pytest
from django.urls import get_resolver

from tests.nets.portal import LOOKERS, ROUTES, Form, consume, filled, forms_of, post, tree, undone

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

ANSWERED = {200, 302, 303, 400, 403, 404, 409, 410, 413, 422}
ANY = {
    "nul": "a\0b",
    "surrogate": "a\ud800b",
    "long": "x" * 10_000,
    "script": "<script>alert(1)</script>",
    "empty": "",
}
TEXTS = {
    **ANY,
    "formula": '=HYPERLINK("x")',
    "format": "%(x)s {} {0.__class__} {{ x }} {% x %}",
    "rtl": "\u202eabc\u200f",
    "header": "a\r\nBcc: x@example.org",
}
VALUES = {
    **ANY,
    "no such day": "2026-13-45",
    "first year": "0001-01-01",
    "huge": "9" * 20,
    "negative": "-1",
    "infinite": "1e400",
    "nan": "NaN",
    "another's": "999999",
    "digits that are none": "²٣",
}
CORPUS = {**TEXTS, **VALUES}
# No text field may take these.
REFUSED_TEXTS = {"nul"}
# Names of fields of the portal: sent all at once to the address of each button.
NAMES = (
    "answer", "day", "decision", "due_on", "entity", "hour", "meeting", "mode", "next", "note", "once", "order",
    "quarter", "reason", "stance", "state", "text", "text_number", "title", "version",
)  # fmt: skip
PARAMETERS = ("page", "ordering", "order_by", "o", "next", "trimestre", "resultat", "ajouter", "q", "year", "id")
# Buttons that no page of this world shows: their addresses take NAMES like the others.
UNSEEN = {
    "extracts:extract_retry", "extracts:extract_take",
    "group_guests:guest_offer_withdraw", "handover:handover_retry", "lists:list_retry",
    "meetings:meeting_close", "meetings:minutes_accept", "meetings:session_close", "meetings:session_open",
    "members:person_reactivate", "nominations:nomination_rework", "nominations:sounding_answer",
    "procedure:procedure_prepare", "procedure:procedure_rework", "reports:report_retry",
    "set_language", "workplan:execution_start", "workplan:file_retry", "workplan:outcome_remove",
    "workplan:plan_archive", "workplan:plan_transmit",
}  # fmt: skip
PAGES = [name for name, row in ROUTES.items() if row.get]
ACTS = [name for name, row in ROUTES.items() if row.post]


class Complaints(dict):
    """Problems by case; an exception is one too."""

    def ask(self, case, question):
        """The response, or ``None`` when there was none."""
        try:
            with undone():
                response = question()
        except Exception as error:
            self[case] = f"{type(error).__name__}: {error}"[:300]
            return None
        consume(response)
        if response.status_code not in ANSWERED:
            self[case] = response.status_code
        return response


def case_of(field, turn):
    """The name and the value of what a field takes in its turn."""
    cases = list((TEXTS if field.is_text else VALUES).items())
    return cases[turn % len(cases)]


def error_by(page, name):
    """Whether the page says something by this field, or about it in its summary."""
    marks = page.xpath(
        "//*[@name=$name][@aria-invalid='true' or contains(@class, 'is-invalid')]"
        "| //*[starts-with(@id, $error)] | //*[starts-with(@id, $first)] | //a[@href=$link]",
        name=name, error=f"id_{name}_error", first=f"error_1_id_{name}", link=f"#id_{name}",
    )  # fmt: skip
    return bool(marks)


def complains(page):
    return bool(page.xpath("//*[@role='alert' or @aria-invalid='true' or contains(@class, 'invalid-feedback')]"))


def told(text):
    """Text as it comes back: a lone surrogate and a NUL are shown as what cannot be read."""
    known = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\0", "\ufffd")
    return re.sub(r"\s+", " ", known).strip()


def judge(problems, case, form: Form, given, response):
    """A refusal says why from the title on, and shows the form again: what was typed, the wrong fields marked."""
    if response is None or response.status_code not in {200, 409, 422}:
        return
    page = tree(response)
    names = {field.name for field in given}
    again = next((one for one in forms_of(response) if one.route == form.route and names <= set(one.names)), None)
    if not complains(page):
        problems[case] = "refused without a word"
    elif not page.findtext(".//title").strip().startswith("Erreur"):
        problems[case] = "the title does not say it"
    elif again is None and any(field.kind != "hidden" for field in given):
        problems[case] = "the form is gone"
    elif again is not None:  # what nobody typed need not come back
        faults = {field.name: fault(page, again, field, *what) for field, what in given.items()}
        if any(faults.values()):
            problems[case] = {name: said for name, said in faults.items() if said}


def fault(page, again: Form, field, label, value):
    """What is wrong with this field of the page that came back, if anything."""
    if field.is_text and told(again.field(field.name).values[0]) != told(value):
        return f"not kept: {again.field(field.name).values[0][:60]!r}"
    no_number = field.kind in {"date", "time", "number"} and label in {"no such day", "infinite", "nul"}
    if (no_number or (field.is_text and label in REFUSED_TEXTS)) and not error_by(page, field.name):
        return "no sentence by the field"
    return ""


ROUNDS = 6


def rounds_of(form: Form):
    """What is sent, as field → (name of the case, value).

    All fields together, each with another value in each round; then each field alone, the others being plausible.
    """
    fields = [field for field in form.fields if not re.search(r"-[2-9]\d*-|-1-", field.name)]  # rows are alike
    open_to_people = [field for field in fields if field.kind not in {"hidden", "submit"}]
    for turn in range(ROUNDS if open_to_people else 0):
        yield {field: case_of(field, turn + place) for place, field in enumerate(open_to_people)}
    for place, field in enumerate(fields if len(fields) > 1 or not open_to_people else ()):
        yield {field: case_of(field, ROUNDS + place)}


def attack(portal, persona, form: Form, problems):
    for given in rounds_of(form):
        case = f"{persona} {form.route} " + ", ".join(f"{field.name}: {label}" for field, (label, _) in given.items())
        pairs = filled(form, **{field.name: value for field, (_, value) in given.items()})
        response = problems.ask(case, lambda pairs=pairs: post(portal.client(persona), form.action, pairs))
        judge(problems, case, form, given, response)


def in_turn(values, turn, count):
    """``count`` of the values, others in each turn."""
    return [values[(turn * count + place) % len(values)] for place in range(count)]


def attack_address(portal, persona, address, problems):
    """A button sends nothing but itself; its address is sent every name the portal knows, with changing values."""
    for turn in range(ROUNDS):
        pairs = list(zip(NAMES, in_turn(list(CORPUS.values()), turn, len(NAMES)), strict=True))
        problems.ask(str(pairs)[:200], lambda pairs=pairs: post(portal.client(persona), address, pairs))


def lookers(row):
    return [persona for persona in LOOKERS if persona in row]


@pytest.mark.parametrize("name", ACTS)
def test_forms_answer_to_anything(portal, name):
    problems, forms = Complaints(), [(persona, form) for persona, form in portal.forms if form.route == name]
    for persona, form in forms:
        attack(portal, persona, form, problems)
    if not any(form.fields for _persona, form in forms):
        attack_address(portal, lookers(ROUTES[name].post)[0], portal.address(name), problems)

    assert problems == {}
    assert forms or name in UNSEEN


def parameters_of(response):
    """Names that the page itself puts in addresses: its search form and its links to itself."""
    names = {field.name for form in forms_of(response, "get") for field in form.fields}
    for link in tree(response).xpath("//a[starts-with(@href, '?')]/@href"):
        names |= {name for name, _value in parse_qsl(link.partition("#")[0].removeprefix("?"))}
    return names


@pytest.mark.parametrize("name", PAGES)
def test_addresses_answer_to_any_parameter(portal, name):
    problems, address = Complaints(), portal.address(name)
    persona = lookers(ROUTES[name].get)[0]
    first = problems.ask("plain", lambda: portal.client(persona).get(address))
    is_page = first is not None and first.status_code == 200 and "text/html" in first.get("Content-Type", "")
    raw = {label: quote_plus(value[:4000].encode("utf-8", "surrogatepass")) for label, value in CORPUS.items()}
    # Names that the page may not know, each with another value in each round; those it uses, each with every value.
    for turn in range(ROUNDS):
        values = in_turn(list(raw.values()), turn, len(PARAMETERS))
        query = "&".join(f"{name}={value}" for name, value in zip(PARAMETERS, values, strict=True))
        problems.ask(query[:200], lambda query=query: portal.client(persona).get(f"{address}?{query}"))
    for parameter in parameters_of(first) if is_page else ():
        for label, value in raw.items():
            query = f"{parameter}={value}"
            problems.ask(f"{parameter} {label}", lambda query=query: portal.client(persona).get(f"{address}?{query}"))

    assert problems == {}


@pytest.mark.parametrize("number", ["999999", "0", "9" * 10, "9" * 20, "9" * 400, "%00", "%ED%A0%80", "%E2%80%AE"])
def test_addresses_of_nothing_are_not_found(portal, number):
    problems = Complaints()
    for pattern in {str(line) for line in _patterns()}:
        address = "/" + re.sub(r"<[^>]+>", number, pattern)
        for method in ("get", "post") if number in {"999999", "%00"} else ("get",):
            case = f"{method} {address[:80]}"
            response = problems.ask(case, lambda a=address, m=method: getattr(portal.client("secretariat"), m)(a))
            if response is not None and response.status_code not in {302, 400, 404, 405, 410}:
                problems[case] = response.status_code
            if response is not None and response.status_code == 405:
                problems.pop(case, None)

    assert problems == {}


def _patterns(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            if "allauth" not in str(entry.urlconf_name):
                yield from _patterns(entry, f"{prefix}{entry.pattern}")
        elif "<" in f"{prefix}{entry.pattern}":
            yield f"{prefix}{entry.pattern}"


def test_a_form_in_another_encoding_is_refused(portal):
    """UTF-7 can carry a lone surrogate past every check of bytes; browsers send UTF-8."""
    body = b'--x\r\nContent-Disposition: form-data; name="given_name"\r\n\r\nab+2AA-c\r\n--x--\r\n'
    for charset in ("utf-7", "unicode_escape", "utf-16", "raw_unicode_escape", "punycode", "rot13", "nothing"):
        for kind in (
            f"multipart/form-data; boundary=x; charset={charset}",
            f"{'application/x-www-form-urlencoded'}; charset={charset}",
        ):
            with undone():
                response = portal.client("secretariat").generic("POST", "/membres/personnes/ajouter/", body, kind)
            assert response.status_code in {400, 422}, kind
