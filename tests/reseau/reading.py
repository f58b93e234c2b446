"""Reading a page as a person does: words of a heading, rows of a table by their column, lines of a summary."""

from typing import Any

from django.test import Client
from lxml import html

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def words(element: Any) -> str:
    """The text of an element, with one plain space wherever the page has any, or breaks its line."""
    told = "".join(f"\n{said}" if said.is_tail and said.getparent().tag == "br" else said for said in _texts(element))
    return " ".join(told.split())


def _texts(element: Any) -> list[Any]:
    return element.xpath(".//text()")


class Page:
    """The main part of one page."""

    def __init__(self, content: str) -> None:
        self.main = html.document_fromstring(content).get_element_by_id("content")

    def all(self, path: str) -> list[Any]:
        return self.main.xpath(path)

    def one(self, path: str) -> Any:
        found = self.all(path)
        assert len(found) == 1, (path, len(found))
        return found[0]

    def texts(self, path: str) -> list[str]:
        return [words(element) for element in self.all(path)]

    @property
    def title(self) -> str:
        return words(self.one(".//h1"))

    @property
    def header(self) -> list[str]:
        """The facts under the title, the state first."""
        return self.texts(".//div[@class='facts']/span")

    @property
    def count(self) -> str:
        return words(self.one(".//p[@class='count']"))

    @property
    def summary(self) -> dict[str, str]:
        """All « name: value » lines of the page."""
        rows = self.all(".//div[@class='summary-row']")
        return {words(row.find("dt")): words(row.find("dd")) for row in rows}

    def table(self, column: str) -> list[dict[str, str]]:
        """The rows, totals included, of the tables that have this column; cells by the name of theirs."""
        found = []
        for table in self.all(f".//table[thead//th[normalize-space()='{column}']]"):
            names = [words(name) for name in table.xpath("./thead//th")]
            for row in table.xpath("./tbody/tr | ./tfoot/tr"):
                found.append(dict(zip(names, [words(cell) for cell in row.xpath("./th | ./td")], strict=True)))
        return found

    def under(self, heading: str) -> list[str]:
        """The items of the list that follows a heading."""
        return self.texts(f".//*[self::h2 or self::h3][normalize-space()='{heading}']/following-sibling::*[1]/li")

    def timeline(self, inside: str = "") -> list[tuple[str, str, str]]:
        """(day, what happened, detail) of the history of the page, or of those inside sections of that class."""
        parts = f"[ancestor::section[@class='{inside}']]" if inside else "[not(ancestor::section[@class='fate'])]"
        lines = self.all(f".//ol[@class='timeline']{parts}/li")
        told = [(line.find("time").get("datetime")[:10], line.xpath("./div/p")) for line in lines]
        return [(day, words(said[0]), " ".join(map(words, said[1:]))) for day, said in told]


class Reader:
    """Somebody signed in who opens pages."""

    def __init__(self, person: Any) -> None:
        self.browser = Client(headers={"accept-language": "fr"})
        self.browser.force_login(person, backend=BACKEND)

    def open(self, address: str) -> Page:
        answer = self.browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return Page(answer.content.decode())

    def follow(self, page: Page, path: str) -> dict[str, Page]:
        """The pages that the links of a page lead to, by the words of the link."""
        return {words(link): self.open(link.get("href")) for link in page.all(path)}
