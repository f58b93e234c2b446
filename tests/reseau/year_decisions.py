"""What the register and the pages of decisions show of a year, in the shape of ``year_file.decisions``."""

import re
from operator import itemgetter
from typing import Any

from tests.reseau.reading import Page, words
from tests.reseau.year_pages import Readers, rows, told


def register(readers: Readers) -> dict[str, Any]:
    return {
        row["Décision"]: {
            "number": row["Numéro"], "state": row["État"],
            "proposed by": row["Proposée par"], "adopted": row["Adoptée"],
        }
        for row in rows(readers.co_chair, "/decisions/", "Proposée par")
    }  # fmt: skip


def decisions(readers: Readers) -> dict[str, Any]:
    reader = readers.co_chair
    pages = reader.follow(reader.open("/decisions/"), ".//table/tbody/tr/th/a")
    return {page.title: _decision(page) for page in pages.values()}


def _decision(page: Page) -> dict[str, Any]:
    said = page.summary
    ends = [re.match(r"(?:Clôture :|Consultation jusqu’au) (.+)", line) for line in page.header]
    labels = ("Positions attendues jusqu’au", "Le dernier appel était annoncé jusqu’au")
    closed = [said[label] for label in labels if label in said]
    open_until = [end.group(1).capitalize() for end in ends if end]
    opened = told(page, "Consultation ouverte par")
    return {
        "number": "".join(page.texts(".//p[@class='kicker']")),
        "state": page.header[0],
        "text": " ".join(words(one) for one in _paragraphs(page)),
        "versions": [(day, number) for day, number, _detail in told(page, r"Version ([2-9]) rédigée par")],
        "translations": list(map(_translation, page.all(".//details[starts-with(summary, 'Traduction')]"))),
        "comments": sorted(map(_comment, page.all(".//article[@class='comment']")), key=itemgetter("day", "by")),
        "subject": said["Objet"],
        "rules": sorted(f"{row['Règle']} : {row['Nouveau']}" for row in page.table("Règle")),
        "effect": said.get("Prend effet", ""),
        "mode": said["Les positions sont données"],
        "proposed by": said["Proposée par"],
        "consensus": said.get("Consensus constaté", "").partition(" · ")[0],
        "in charge": said.get("Responsable", ""),
        "due": said.get("À exécuter avant le", ""),
        "follow-up": said.get("Suivi", ""),
        "note": said.get("Note", ""),
        "consultation": opened[0][0] if opened else "",
        "until": "".join(open_until or closed).partition(",")[0],
        "ends": said.get("En vigueur", "").partition(" au ")[2],
        "review": said.get("À réexaminer le", ""),
        "notes": sorted(_in_fates(page, "Note des coprésidents, par")),
        "advice": _in_fates(page, "Avis du Coordonnateur résident"),
        "deferred": "".join(day for day, _detail in _in_fates(page, "Reportée par")),
        "voices": {
            _heading(group): sorted(_voice(line) for line in group.iter("li"))
            for group in page.all(".//div[@class='voices'][not(ancestor::details)]/section")
        },
        "rounds": [_round(one) for one in page.all(".//details[starts-with(summary, 'Positions de')]")],
        "reopened": [(day, reason) for day, reason, _detail in told(page, "Consultation rouverte par [^:]+ : (.+)")],
        "given up": _given_up(page),
        "replaces": re.findall(r"RNUM-SN/\d{4}/D-\d{3}", said.get("Remplace", "")),
        "days": {day: int(count) for day, count, _detail in told(page, r"(\d+) entités? s(?:’est|e sont) exprimées?")},
        "reservations": [line[::2] for line in told(page, "(Peut vivre avec)")],
        "objections": told(page, r"Objection de l’entité (\S+)"),
        "lifted": told(page, r"(\S+) lève son objection"),
    }


def _round(one: Any) -> dict[str, Any]:
    """What was said on an earlier version, folded away."""
    groups = one.xpath(".//div[@class='voices']/section")
    return {_heading(group): sorted(_voice(line) for line in group.iter("li")) for group in groups}


def _given_up(page: Page) -> tuple[str, ...]:
    """(day, reason) of a decision that was withdrawn, or closed without consensus."""
    lines = told(page, "(?:Retirée|Close sans consensus) par [^:]+ : (.+)")
    return lines[0][:2] if lines else ()


def _in_fates(page: Page, begins: str) -> list[tuple[str, str]]:
    """(day, detail) of what began so in the lives of the objections."""
    lines = page.timeline("fate")
    return [(day, detail) for day, line, detail in lines if line.startswith(begins)]


def _paragraphs(page: Page) -> list[Any]:
    """Of the present version: those before it are folded away."""
    return page.all(".//*[contains(@class, 'decision-text')][not(ancestor::details)]/descendant::p[not(@class)]")


def _translation(one: Any) -> tuple[str, str]:
    title, *parts = (words(line) for line in one.xpath(".//p[not(@class)]"))
    return title, " ".join(parts)


def _comment(one: Any) -> dict[str, Any]:
    facts, tag = words(one.find("p/span[@class='muted']")), words(one.find("p/span"))
    head = words(one.find("p")).removesuffix(facts).strip().removesuffix(tag)
    by, on, asks = head.strip().split(" · ")
    standing = one.xpath("./p[contains(@class, 'compared')]//text()[not(ancestor::del) and not(ancestor::span)]")
    answer = one.find("div[@class='answer']")
    lines = [words(line) for line in answer] if answer is not None else []
    return {
        "by": by, "on": on, "asks": asks, "words": " ".join("".join(standing).split()),
        "said": " ".join(words(line) for line in one.xpath("./p[not(@class) and not(a)]")),
        "day": facts.split(" · ")[1],
        "reply": tag, "answer": " ".join(lines[1:]), "answered": lines[0].rpartition(", ")[2] if lines else "",
    }  # fmt: skip


def _heading(group: Any) -> str:
    shapes = {"voices-silent": "Silence", "voices-objection": "Objection"}
    title = " ".join(group.find("h3").xpath("string(text()[last()])").split())
    plain = " ".join("".join(group.find("h3").xpath("text()")).split())
    return next((name for shape, name in shapes.items() if shape in group.get("class")), plain or title)


def _voice(line: Any) -> tuple[str, str]:
    return words(line.find("a")), " ".join(words(reason) for reason in line.xpath("./blockquote/p[1]"))


FAMILIES = {"register": register, "decisions": decisions}
