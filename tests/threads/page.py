"""A page as a test reads it."""

from __future__ import annotations

from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib


class Page:
    """The parsed HTML of an answer."""

    def __init__(self, answer: object) -> None:
        self.html: str = answer.text  # type: ignore[attr-defined]

    @cached_property
    def root(self) -> Element:
        tree: Element = html5lib.parse(self.html, namespaceHTMLElements=False)
        return tree

    def within(self, element_id: str) -> Element:
        """The element with this id. Raises `AssertionError` if there is none."""
        found = [each for each in self.root.iter() if each.get("id") == element_id]
        assert len(found) == 1, f"{len(found)} elements with the id {element_id}"
        return found[0]

    def has(self, element_id: str) -> bool:
        return any(each.get("id") == element_id for each in self.root.iter())

    def post(self, number: int) -> str:
        """The words of a post, with the words of its buttons."""
        return words(self.within(f"post-{number}"))

    @property
    def main(self) -> str:
        return words(self.within("main"))

    def rows(self) -> list[str]:
        """The titles in lists of conversations, in their order."""
        return [words(each) for each in _with_class(self.root, "thread-title")]

    def row(self, title: str) -> str:
        """Everything that the list says about the conversation of this title."""
        for each in _with_class(self.root, "thread-row"):
            if any(words(part) == title for part in _with_class(each, "thread-title")):
                return words(each)
        raise AssertionError(f"no row for {title!r}")

    def tabs(self) -> list[str]:
        return [words(each) for tab in _with_class(self.root, "tabs") for each in tab.iter("a")]

    def addresses(self, element: Element | None = None) -> list[str]:
        """Where the links lead, on the page or within one element."""
        scope = self.root if element is None else element
        return [each.get("href", "") for each in scope.iter("a")]

    def targets(self, words_of_link: str) -> list[str]:
        """Where the links with these words lead."""
        links = self.root.iter("a")
        return [each.get("href", "") for each in links if words(each) == words_of_link]

    def canonical(self) -> str:
        links = [each for each in self.root.iter("link") if each.get("rel") == "canonical"]
        return links[0].get("href", "") if links else ""


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _with_class(element: Element, name: str) -> list[Element]:
    return [each for each in element.iter() if name in (each.get("class") or "").split()]
