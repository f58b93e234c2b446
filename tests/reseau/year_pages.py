"""What the pages of the portal show of a year, in the shape of ``year_file``, read as HTML by people of the year."""

import re
from typing import Any

from members.models import User
from tests.reseau.reading import Page, Reader, words

MEMBERS = ".//table[not(ancestor::figure)]/tbody/tr"  # the year above them has a table of its own
HELD = ".//h2[@id='tenues']/following-sibling::table/tbody/tr/th/a"
DAY = re.compile(r"\d\d/\d\d/\d{4}")


class Readers:
    """Each part of the portal is read by somebody of whom it is the daily work."""

    def __init__(self) -> None:
        self.focal_point, self.secretariat, self.co_chair, self.rc_office = (
            Reader(User.objects.get(emailaddress__email=f"{name}@example.org"))
            for name in ("pointfocal.unicef", "secretariat", "copresidence.oim", "bcr")
        )


def rows(reader: Reader, address: str, column: str) -> list[dict[str, str]]:
    """All rows of a table that goes over several pages; their number is the one the list announces."""
    found: list[dict[str, str]] = []
    following = address
    while following:
        page = reader.open(following)
        found += page.table(column)
        following = next((address + link.get("href") for link in page.all(".//a[@rel='next']")), "")
    assert int(page.count.split()[0]) == len(found), (address, page.count)
    return found


def told(page: Page, pattern: str) -> list[tuple[str, ...]]:
    """(day, what the pattern takes out of the line, detail) of the lines of a history that say this."""
    lines = page.timeline()
    return sorted((day, *match.groups(), detail) for day, line, detail in lines if (match := re.match(pattern, line)))


# --- Members ---------------------------------------------------------------------------------------------------------
def directory(readers: Readers) -> dict[str, Any]:
    page, found = readers.focal_point.open("/membres/"), {}
    assert page.count == f"{len(page.table('Membre depuis'))} entités"
    for row, cells in zip(page.all(MEMBERS), page.table("Membre depuis"), strict=True):
        acronym, name = words(row.find("th/a")), words(row.find("th/span"))
        found[acronym] = {
            "name": name,
            "principal": cells["Point focal titulaire"],
            "alternate": cells["Suppléant"],
            "since": DAY.findall(cells["Membre depuis"])[0],
            "invitee": "invité permanent" in cells["Membre depuis"],
            "reviewed": DAY.findall(cells["Profil revu le"])[0],
        }
    return found


def entities(readers: Readers) -> dict[str, Any]:
    reader, found = readers.focal_point, {}
    for acronym, page in reader.follow(reader.open("/membres/"), f"{MEMBERS}/th/a").items():
        said = page.summary
        found[acronym] = {
            "since": said["Depuis"],
            "reviewed": re.match(r"\S+ \S+ \d{4}", said["Profil revu"]).group(),
            "confirmed": said["Coordonnées confirmées"],
            "fields": page.texts(".//h2[.='Domaines d’intervention']/following-sibling::p[1]")[0],
            "objectives": sorted(page.under("Objectifs du Pacte mondial")),
            "regions": sorted(page.texts(".//h2[.='Régions']/following-sibling::p[1]")[0].split(", ")),
            "focal points": [
                _focal_point(line)
                for line in page.all(".//h2[.='Points focaux de l’entité']/following-sibling::ul[1]/li")
            ],
        }
    return found


def _focal_point(line: Any) -> tuple[str, ...]:
    who, reach, since = line.xpath("./p")
    name, function, rank = re.match(
        r"(.+)\n(.+) · (?:point focal )?(.+)$", f"{words(who.find('a'))}\n{' '.join(who.xpath('text()')[0].split())}"
    ).groups()
    email, phone = words(reach.find("a")), words(reach.find("span"))
    days = re.match(r"(?:depuis le|du) (\S+ \S+ \d{4})(?: au (\S+ \S+ \d{4}))?", words(since))
    return name, function, rank, email, phone, days.group(1), days.group(2) or ""


def free_days(readers: Readers) -> Any:
    """(day, name) of each day of the calendar that the United Nations keep."""
    lines = readers.focal_point.open("/mandat/calendrier/2026/").texts(".//ul/li/p")
    kept = [line.removesuffix("Nations Unies").strip() for line in lines if line.endswith("Nations Unies")]
    return [tuple(line.split(" · ", 1)) for line in kept]


def people(readers: Readers) -> dict[str, Any]:
    return {
        row["Nom"]: (row["Fonction"], row["Courriel"])
        for row in rows(readers.secretariat, "/membres/personnes/", "Courriel")
    }


def co_chairs(readers: Readers) -> Any:
    page, found = readers.focal_point.open("/membres/copresidence/"), []
    for seat in page.all(".//div[@class='columns']/section"):
        for days in seat.xpath(".//p[@class='muted'][starts-with(normalize-space(), 'du ')]"):
            who = days.getprevious()
            first, last = re.match(r"du (\S+ \S+ \d{4}) au (\S+ \S+ \d{4})", words(days)).groups()
            entity = words(who).rpartition(", ")[2] if len(who.findall("a")) == 1 else words(who.findall("a")[1])
            found.append((words(seat.find("h2")), words(who.find("a")), entity, first, last))
    return sorted(found)


# --- Meetings --------------------------------------------------------------------------------------------------------
def meeting_list(readers: Readers) -> dict[str, Any]:
    page, found = readers.secretariat.open("/reunions/"), {}
    held = page.table("Entités présentes")
    assert page.count == f"{len(held)} réunions"
    for row in held:
        found[row["Réunion"]] = {
            "date": row["Date"], "mode": row["Modalité"].lower(),
            "present": row["Entités présentes"], "state": row["État"],
        }  # fmt: skip
    for line in page.all(".//h2[.='À venir']/following-sibling::ul[1]/li"):
        when, mode = re.match(r"(.+?) \(heure de Dakar\) · (\S+)", words(line.xpath("./p")[0])).groups()
        state, agenda = (words(span) for span in line.xpath("./p")[1].findall("span"))
        date, hours = when.split(", ")
        found[words(line.find("h3"))] = {"date": date, "hours": hours, "mode": mode, "state": state, "agenda": agenda}
    return found


def requests(readers: Readers) -> dict[str, Any]:
    page = readers.secretariat.open("/reunions/")
    lines = page.all(".//h2[@id='demandes']/following-sibling::ul[1]/li")
    return {words(line.find("h3")): [words(said) for said in line.findall("p")] for line in lines}


def meetings(readers: Readers) -> dict[str, Any]:
    reader = readers.secretariat
    listed = reader.open("/reunions/")
    pages = reader.follow(listed, f".//h2[.='À venir']/following-sibling::ul[1]//h3/a | {HELD}")
    return {page.title: _meeting(page) for page in pages.values()}


def _meeting(page: Page) -> dict[str, Any]:
    said, (when, where) = page.summary, page.header[1:3]
    agenda = page.all(".//h2[@id='ordre-du-jour']/following-sibling::ol[1]/li")
    sheet = page.all(".//h2[@id='presences']/following-sibling::div[1]/section")
    decisions = page.all(".//h2[@id='decisions']/following-sibling::ul[1]/li")
    mode, _dot, place = where.partition(" · ")
    return {
        "when": when,
        "mode": mode,
        "place": place,
        "kind": said["Nature"],
        "chair": said.get("Présidence de séance", ""),
        "rapporteur": said.get("Rapporteur(e)", ""),
        "convened": said.get("Convoquée le", ""),
        "agenda published": said.get("Ordre du jour publié le", ""),
        "minutes circulated": said.get("Compte rendu diffusé le", ""),
        "minutes approved": said.get("Compte rendu approuvé le", ""),
        "approved in": said.get("Approuvé lors de", ""),
        "time": "".join(page.texts(".//h2[@id='ordre-du-jour']/following-sibling::p[contains(., 'prennent')][1]")),
        "agenda": [tuple(words(line) for line in item.findall("p")[:2]) for item in agenda if item.get("id")],
        "attendance": "".join(page.texts(".//h2[@id='presences']/following-sibling::p[1]")),
        "sheet": {words(group.find("h3")): sorted(words(one) for one in group.iter("li")) for group in sheet},
        "decisions": sorted(
            (words(line.find("p/a")), words(line.xpath("./p[@class='actions']/span[last()]")[0])) for line in decisions
        ),
        "points": sorted(_point(row) for row in page.all(".//h2[@id='actions']/following-sibling::table[1]/tbody/tr")),
    }


def _point(row: Any) -> tuple[str, ...]:
    cells = {cell.get("data-label"): words(cell) for cell in row.findall("td")}
    title = " ".join((row.find("th").text or "").split()) or words(row.find("th/a"))
    return title, cells["Responsable"], cells["Échéance"], cells["État"]


def minutes(readers: Readers) -> dict[str, Any]:
    reader, found = readers.co_chair, {}
    for title, page in reader.follow(reader.open("/reunions/"), HELD).items():
        link = page.all(".//h2[@id='documents']/following-sibling::ul[1]//a[contains(@href, '/compte-rendu/')]")[0]
        found[title] = [
            {
                "item": words(section.find("h2")),
                "text": words(section.find_class("rich")[0]),
                "lines": [words(line) for line in section.xpath("./ul/li")],
            }
            for section in reader.open(link.get("href")).all(".//section[starts-with(@id, 'point-')]")
        ]
    return found


def action_list(readers: Readers) -> Any:
    reader, found, following = readers.focal_point, [], "/actions/"
    while following:
        page = reader.open(following)
        found += [_point(row) for row in page.all(".//table/tbody/tr")]
        following = next(("/actions/" + link.get("href") for link in page.all(".//a[@rel='next']")), "")
    assert page.count == f"{len(found)} points d’action"
    return sorted(found)


# --- Work plan -------------------------------------------------------------------------------------------------------
def _plan_page(readers: Readers) -> Page:
    reader = readers.rc_office
    return reader.open(reader.open("/pta/").one(".//table/tbody/tr/th/a").get("href"))


def plan(readers: Readers) -> dict[str, Any]:
    page = _plan_page(readers)
    address = readers.rc_office.open("/pta/").one(".//table/tbody/tr/th/a").get("href")
    (listed,) = readers.rc_office.open("/pta/").table("Transmis")
    *outcomes, whole = page.table("À mobiliser")
    return {
        "title": page.title,
        "address": address,
        "validated": page.header[1],
        "custody": page.header[2],
        "list": (listed["Plan"], listed["Validé"], listed["Transmis"], listed["Accusé de réception"]),
        "tabled": told(page, "Présenté à la réunion")[0][0],
        "rate": "".join(page.texts(".//p[@class='form-text']")),
        "totals": page.summary,
        "whole": whole,
        "outcomes": outcomes,
        "objectives": {row["N°"]: row["Activités"] for row in page.table("Objectif")},
        "consultations": told(page, "Consultation : (.*)"),
        "versions": told(page, r"Version (\d+), par la décision (RNUM-SN/\d{4}/D-\d{3})"),
    }


def activity_rows(readers: Readers) -> dict[str, Any]:
    page, found = _plan_page(readers), {}
    for section in page.all(".//section[h3]"):
        for row in section.xpath("./table/tbody/tr"):
            lead, status, progress, required = (words(cell) for cell in row.findall("td"))
            found[words(row.find("th"))] = (words(section.find("h3")), lead, status, progress, required)
    assert page.count == f"{len(found)} activités"
    return found


def activities(readers: Readers) -> dict[str, Any]:
    reader = readers.rc_office
    pages = reader.follow(_plan_page(readers), ".//section[h3]/table/tbody/tr/th/a")
    return {words(page.one(".//p[@class='kicker']")): _activity(page) for page in pages.values()}


def _activity(page: Page) -> dict[str, Any]:
    said = page.summary
    caption = page.one(".//caption[starts-with(normalize-space(), 'Montants en USD')]")
    *lines, total = page.table("Source de financement")
    return {
        "title": page.title,
        "status": page.header[0],
        "progress": page.header[2],
        "lead": said["Entité chef de file"],
        "contributing": said.get("Entités contributrices", ""),
        "where": sorted(said["Où"].split(", ")),
        "when": said["Quand"],
        "partners": sorted(said["Partenaires externes"].split(", ") if "Partenaires externes" in said else []),
        "risk": said.get("Risque ou obstacle", ""),
        "rights": said.get("Examen au regard des droits", ""),
        "serves": sorted(_served(line) for line in page.all(".//div[@class='summary-row']/dd//li")),
        "indicators": sorted(
            tuple(row[name] for name in (
                "Indicateur", "Unité", "Moyen de vérification", "Référence", "Cible", "T1", "T2", "T3", "T4",
            ))
            for row in page.table("Cible")
        ),
        "funds": sorted(
            (row["Source de financement"], row["Prévu"])
            for row in lines
            if row["Source de financement"] != "Sans source prévue"
        ),
        "planned, mobilised, spent": (total["Prévu"], total["Mobilisé"], total["Dépensé"]),
        "gap": re.search(r"à mobiliser : (.+) USD", words(caption))[1],
        "in francs": page.texts(".//p[@class='form-text'][contains(., 'XOF')]")[0],
    }  # fmt: skip


def _served(line: Any) -> str:
    """The title of a line of a framework, without its number."""
    return words(line).removeprefix("".join(words(mark) for mark in line.findall("strong"))).strip()


FAMILIES = {
    "directory": directory, "entities": entities, "people": people, "free days": free_days,
    "co-chairs": co_chairs,
    "meeting list": meeting_list, "requests": requests, "meetings": meetings, "minutes": minutes,
    "action points": action_list, "plan": plan,
    "activity rows": activity_rows, "activities": activities,
}  # fmt: skip
