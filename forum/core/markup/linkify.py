"""Recognises the web and mail addresses that people type without any markup."""

import re

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

# Bounds that no real address meets. Without them, a text full of half addresses makes the
# recognizer read on to the end from each of them.
_LONGEST_ADDRESS = 2_048
_MOST_LABELS = 8

_SCHEME = re.compile(r"(?:^|[^a-z0-9.+-])(https?)$", re.IGNORECASE)


def _after_www(parts: dict[str, str]) -> re.Pattern[str]:
    host = f"(?:(?:{parts['src_domain']})\\.){{1,{_MOST_LABELS}}}{parts['src_domain_root']}"
    tail = parts["src_port"] + parts["src_host_terminator"] + parts["src_path"]
    return re.compile(f"^{host}{tail}", re.IGNORECASE)


def _make_recognizer() -> LinkifyIt:
    recognizer = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": True})
    recognizer.add("//", None).add("ftp:", None)
    return recognizer.add("www.", {"validate": _after_www(recognizer.re)})


_RECOGNIZER = _make_recognizer()


def recognize_typed_addresses(parser: MarkdownIt) -> None:
    """Let `parser` link http, https and mailto addresses, e-mail addresses and "www." names."""
    parser.linkify = _RECOGNIZER
    parser.enable("linkify")
    parser.inline.ruler.at("linkify", _link_web_address)


def _link_web_address(state: StateInline, silent: bool) -> bool:
    # Addresses are read before emphasis, because "_" and "*" may be part of them.
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.pending[-len(" https") :])
    address = _address_at(state, len(scheme[1])) if scheme else ""
    if not scheme or not address:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        _push_link(state, address)
    state.pos += len(address) - len(scheme[1])
    return True


def _address_at(state: StateInline, scheme_length: int) -> str:
    start = state.pos - scheme_length
    match = _RECOGNIZER.match_at_start(state.src[start : start + _LONGEST_ADDRESS])
    return match.raw.rstrip("*") if match else ""


def _push_link(state: StateInline, address: str) -> None:
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address)}
    state.push("text", "", 0).content = state.md.normalizeLinkText(address)
    state.push("link_close", "a", -1)
