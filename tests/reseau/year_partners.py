"""What the pages of partners and engagements show of a year, in the shape of ``year_file.partners``."""

import re
from typing import Any

from reseau.demo.accounts import OTHERS
from tests.reseau.reading import Page, words
from tests.reseau.year_pages import MEMBERS

CHAIRS = ".//h2[@id='presidence']/following-sibling::*[1][self::ul]/li"
PAST = ".//h3[normalize-space()='Passés ou à venir'][preceding::h2[1][@id='presidence']]/following-sibling::ul[1]/li"
SEATS = ("Entités", "Partenaires associés")
CALLS = ".//ul[@class='record-list']/li/p/a"
LISTED = ".//table/tbody/tr/th/a"


def _all_pages(reader: Any, address: str) -> dict[str, Page]:
    """Every page that a list leads to, over all of its pages."""
    found: dict[str, Page] = {}
    following = address
    while following:
        page = reader.open(following)
        found |= reader.follow(page, LISTED)
        following = next((address + link.get("href") for link in page.all(".//a[@rel='next']")), "")
    return found


def partners(readers: Any) -> dict[str, Any]:
    return {
        name: {
            "category": page.summary["Catégorie"],
            "email": page.summary["Courriel"],
            "regions": sorted(filter(None, page.summary.get("Régions", "").split(", "))),
            "contacts": sorted(_contacts(page)),
        }
        for name, page in _all_pages(readers.focal_point, "/partenaires/").items()
    }


def _contacts(page: Page) -> Any:
    given_name, family_name, _title = OTHERS["partenaire@example.org"]
    invited = f"{given_name} {family_name.upper()}"
    for line in page.all(".//h2[.='Qui répond du partenaire']/following-sibling::ul[1]/li"):
        who, reach = line.xpath("./p")[:2]
        if words(who.find("a")) != invited:
            yield words(who.find("a")), " ".join(who.xpath("text()")[0].split()), words(reach.find("a"))


def engagements(readers: Any) -> dict[str, Any]:
    return {
        subject: _engagement(page)
        for subject, page in _all_pages(readers.focal_point, "/partenaires/engagements/").items()
    }


def _engagement(page: Page) -> dict[str, Any]:
    said = page.summary
    account = page.texts(".//h2[.='Ce qu’il en est sorti']/following-sibling::p[1]")[0]
    return {
        "day": said["Jour"], "partner": said["Partenaire"], "entity": said["Entité"],
        "kind": words(page.one(".//p[@class='kicker']")), "account": account,
        "step": said.get("Ce qui doit suivre", ""),
        "due": said.get("Pour le", "").removesuffix(" En retard"), "done": said.get("Faite le", ""),
    }  # fmt: skip


def nominations(readers: Any) -> Any:
    reader = readers.focal_point
    return [_nomination(page) for page in reader.follow(reader.open("/membres/copresidence/appels/"), CALLS).values()]


def _nomination(page: Page) -> dict[str, Any]:
    said = page.summary
    return {
        "seat": said["Siège"], "term": said["Mandat"], "until": said["Candidatures jusqu’au"],
        "message": page.texts(".//h2[.='Ce que dit l’appel']/following-sibling::p[1]")[0],
        "opened": page.timeline()[0][0],
        "sounding": _sounding(page),
        "candidates": [_candidate(line) for line in page.all(".//h2[.='Candidatures']/following-sibling::ul[1]/li")],
    }  # fmt: skip


def _sounding(page: Page) -> dict[str, Any]:
    (heard,) = page.texts(".//section[@id='sondage']/p[last()]")
    said, _sep, silent = heard.removeprefix("Ont répondu : ").partition(". N’ont pas répondu : ")
    assert silent
    return {
        "opened": [day for day, told, _detail in page.timeline() if told.startswith("Membres sondés")],
        "caption": page.texts(".//section[@id='sondage']//caption"),
        "counts": [tuple(row.values()) for row in page.table("Candidature")],
        "heard": sorted(said.split(", ")),
    }


def _candidate(line: Any) -> tuple[str, ...]:
    who, when, why = line.xpath("./p")
    entity, person = (words(link) for link in who.findall("a"))
    return entity, person, words(when).removeprefix("reçue le "), words(why)


def groups(readers: Any) -> dict[str, Any]:
    """The register, and the page that each of its rows leads to."""
    reader = readers.secretariat
    listed = reader.open("/groupes/")
    cells = ("État", "Entités", "Partenaires", "Validé par l’UNCT", "Au travail depuis")
    rows = {row["Groupe"]: tuple(row[name] for name in cells) for row in listed.table("Groupe")}
    return {name: {"row": rows[name], **_group(page)} for name, page in reader.follow(listed, LISTED).items()}


def _group(page: Page) -> dict[str, Any]:
    said = page.summary
    seats = {title: page.texts(f".//h3[.='{title}']/following-sibling::ul[1]/li/p[1]/a") for title in SEATS}
    objectives = page.texts(".//h2[.='Objectifs du Pacte mondial']/following-sibling::ul[1]/li")
    return {
        "submitted": said["Soumis à l’UNCT"], "validated": said["Validé par l’UNCT"],
        "reference": said["Référence de l’UNCT"], "since": said["Au travail depuis"],
        "proposed": next(day for day, line, _detail in page.timeline() if line.startswith("Proposé par")),
        "terms": page.texts(".//h2[.='Termes de référence']/following-sibling::p[1]")[0],
        "chairs": sorted(_chair(line) for line in [*page.all(CHAIRS), *page.all(PAST)]),
        "called": (_days_of(page, "Appel à la présidence ouvert")[0], _days_of(page, "Candidature à la présidence")),
        "meetings": sorted(
            words(line).partition(",")[0].partition(" ")[2]
            for line in page.all(".//h2[@id='reunions']/following-sibling::ul[1]/li/p[1]/strong")
        ),
        "deliverables": sorted(
            tuple(row[name] for name in ("Livrable", "Échéance", "État", "Papier")) for row in page.table("Livrable")
        ),
        "papers": _pairs(page, "papiers", "span"), "guests": _pairs(page, "invites", "p[1]"),
        "invited": sorted(day for day, line, _detail in page.timeline() if line.startswith("Contacts invités par")),
        "returned": _told(page, "Renvoyé par l’UNCT"), "asleep": _told(page, "Mis en sommeil"),
        "submissions": _days_of(page, "Soumis à l’UNCT"),
        "closed": tuple(page.texts(".//h2[.='Note de clôture']/following-sibling::p[1]")),
        "ended": said.get("Clos le", ""),
        "texts": sorted(page.texts(".//h2[@id='textes']/following-sibling::*[1][self::ul]/li/a")),
        "entities": sorted(seats["Entités"]), "partners": sorted(seats["Partenaires associés"]),
        "objectives": sorted(int(line.partition(".")[0]) for line in objectives),
    }  # fmt: skip


def _chair(line: Any) -> tuple[str, ...]:
    who, when = line.xpath("./p")
    person, _sep, of = words(who).partition(", ")
    return person, of, words(when).partition(" · ")[0]


def _days_of(page: Page, begins: str) -> list[str]:
    """The days of the history on which something that begins so happened."""
    return [day for day, line, _detail in page.timeline() if line.startswith(begins)]


def _told(page: Page, begins: str) -> list[tuple[str, str]]:
    """(day, words after the colon) of the lines of the history that begin so."""
    lines = [(day, line) for day, line, _detail in page.timeline() if line.startswith(begins)]
    return [(day, line.partition(" : ")[2]) for day, line in lines]


def _pairs(page: Page, section: str, what: str) -> list[tuple[str, str]]:
    """(what a line of the list under this heading begins with, what it says in small)."""
    lines = page.all(f".//h2[@id='{section}']/following-sibling::*[1][self::ul]/li")
    return sorted((words(line.find(what)), words(line.find("p[@class='muted']"))) for line in lines)


def delegations(readers: Any) -> Any:
    """On the page of each entity, under « Par délégation »."""
    reader = readers.focal_point
    pages = reader.follow(reader.open("/membres/"), f"{MEMBERS}/th/a").values()
    under = ".//h3[.='Par délégation']/following-sibling::ul[1]/li"
    return sorted(_delegation(line) for page in pages for line in page.all(under))


def _delegation(line: Any) -> tuple[str, ...]:
    who, when = line.xpath("./p")[:2]
    person, giver = re.match(r"(.+) pour (.+), \S+$", words(who)).groups()
    return person, giver, *_days(words(when))


def successions(readers: Any) -> Any:
    """(who takes over, from when), on the page of each entity."""
    reader = readers.focal_point
    pages = reader.follow(reader.open("/membres/"), f"{MEMBERS}/th/a").values()
    under = ".//h2[.='Points focaux passés ou à venir']/following-sibling::ul[1]/li"
    lines = [[words(part) for part in line.xpath("./p")] for page in pages for line in page.all(under)]
    return sorted((who.partition(",")[0], *_days(when)) for who, when, *_tools in lines)


def member_lists(readers: Any) -> Any:
    lines = readers.focal_point.open("/membres/listes/").all(".//ul[@class='record-list']/li")
    return [(words(line.find("p/a")), *_days(words(line.xpath("./p")[1]))) for line in lines]


def _days(said: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+(?:er)? \S+ \d{4}", said))


FAMILIES = {
    "member lists": member_lists, "nominations": nominations, "partners": partners, "engagements": engagements,
    "groups": groups, "delegations": delegations, "successions": successions,
}  # fmt: skip
