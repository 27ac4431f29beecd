"""Judges HTML with a parser and a list of its own, so that it shares no mistake with the code."""

import re
import xml.etree.ElementTree as ET
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import html5lib

_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "h5", "h6"}
_ELEMENTS = _BLOCKS | {"a", "br", "hr", "strong", "em", "s", "code", "pre"}
_CLASSES = {
    "a": {"mention"},
    "blockquote": {"quote"},
    "p": {"quote-source", "quote-gone"},
}
_RELS = {"nofollow ugc noopener", "noopener"}
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def violations(html: str) -> list[str]:
    """Return what stands in `html` that no text may hold, in words."""
    fragment = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    found = [
        complaint for element in fragment.iter() for complaint in _complaints(element, fragment)
    ]
    if _REORDERING.search(unescape(html)):
        found.append("reorders the page")
    if _CONTROLS.search(unescape(html)):
        found.append("holds a control character")
    return found


def is_balanced(html: str) -> bool:
    """Tell whether every element is closed, in the right order, as the source is written."""
    reader = _BalanceReader()
    reader.feed(html)
    reader.close()
    return reader.balanced and not reader.open


def elements(html: str, tag: str) -> list[dict[str, str]]:
    """Return the attributes of each `tag` in `html`."""
    fragment = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [dict(element.attrib) for element in fragment.iter(tag)]


def _complaints(element: ET.Element, fragment: ET.Element) -> list[str]:
    if element is fragment:
        return []
    if element.tag not in _ELEMENTS:
        return [f"element {element.tag}"]
    return [
        f"{element.tag} {name}={value!r}"
        for name, value in element.attrib.items()
        if not _may_carry(str(element.tag), name, value)
    ]


def _may_carry(tag: str, name: str, value: str) -> bool:
    match name:
        case "href":
            return tag == "a" and _leads_somewhere_harmless(value)
        case "rel":
            return tag == "a" and value in _RELS
        case "class":
            return value in _CLASSES.get(tag, set())
        case "dir":
            return tag in _BLOCKS and value == "auto"
        case "start":
            return tag == "ol" and value.isascii() and value.isdigit()
        case "id":
            return tag in {"h2", "h3", "h4", "h5", "h6"} and value.startswith("h-")
    return False


def _leads_somewhere_harmless(address: str) -> bool:
    # As browsers read it: tabs and line ends vanish, the edges are trimmed, "\" means "/".
    read = re.sub("[\t\n\r]", "", address).strip("".join(map(chr, range(33)))).replace("\\", "/")
    if read != address:
        return False
    parts = urlsplit(read)
    if parts.scheme in {"http", "https"}:
        return bool(parts.hostname) and "@" not in parts.netloc
    if parts.scheme == "mailto":
        return "@" in parts.path
    return not parts.scheme and read.startswith("/") and not read.startswith("//")


class _BalanceReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.balanced = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.balanced = False
