"""Recognises the web and mail addresses that people type without any markup."""

import re

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, linkify


def recognize_typed_addresses(parser: MarkdownIt) -> None:
    """Let `parser` link http, https and mailto addresses, e-mail addresses and "www." names."""
    recognizer = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": True})
    recognizer.add("//", None).add("ftp:", None)
    recognizer.add("www.", {"validate": _after_www(recognizer.re)})
    parser.linkify = recognizer
    parser.enable("linkify")
    parser.inline.ruler.at("linkify", _linkify_web)


def _after_www(parts: dict[str, str]) -> re.Pattern[str]:
    host = f"(?:(?:{parts['src_domain']})\\.)+{parts['src_domain_root']}"
    tail = parts["src_port"] + parts["src_host_terminator"] + parts["src_path"]
    return re.compile(f"^{host}{tail}", re.IGNORECASE)


def _linkify_web(state: StateInline, silent: bool) -> bool:
    # The rule reads all text before "://", which a post full of these would make slow.
    if not state.src.startswith("://", state.pos):
        return False
    before = state.src[max(0, state.pos - 4) : state.pos].lower()
    return before in {"http", "ttps"} and linkify(state, silent)
