"""Flesch-Kincaid reading grade of the Markdown that readers of this site see.

The grade is 0.39 * words per sentence + 11.8 * syllables per word - 15.59. Its three counts need
rules, and each rule here is chosen so that it does not flatter the text:

* Headings are left out, and so are bold lead-ins that end with a full stop ("**Infections.** They
  can be serious."). They are very short and would pass for easy sentences.
* Every paragraph and every list item ends a sentence, since a reader stops there. Inside one, a
  sentence ends at ``.``, ``!`` or ``?`` before a capital or a number; "4.6" and "3 a.m. on" do not.
* A word's syllables are the larger of two counts: the hyphenation points of pyphen (en_US) plus
  one, and the sounded groups of vowels. Pyphen alone finds one syllable in "many" and "medicine".
* Digits and the letters of an acronym ("BCMA") count one syllable each, as they are read aloud.
* A name of a drug, a test or a disease (``medical_words.txt``) counts two syllables. No plainer
  word exists for it, and the text says what it is. Two is more than the mean of plain English,
  so a name still costs something. Ordinary long words ("infection", "radiation", "antibody") are
  not in the list: they count in full.
"""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pyphen  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token

MEDICAL_SYLLABLES = 2

_MARKDOWN = MarkdownIt("commonmark")
_HYPHENATION = pyphen.Pyphen(lang="en_US")
_WORD = re.compile(r"[^\W_]+(?:[-.,:/'\u2011-\u2019][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'\u2019\u201d)]*\s+(?=[\"'\u2018\u201c(]*[A-Z0-9])")
_PIECE = re.compile(r"[0-9]|[A-Z]{2,}(?![a-z])|[^\W\d_]+(?:['\u2019][a-z]+)?")
_SILENT_END = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouydt])ed$|(?<=[mnkpbdtvr])es$"
)


@cache
def medical_words() -> frozenset[str]:
    """Return the names that count as two syllables, in lower case."""
    lines = Path(__file__).with_name("medical_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip())


def word_count(markdown: str) -> int:
    """Return how many words a reader sees: headings count, the targets of links do not."""
    return sum(len(_words(_plain(inline.children or []))) for _, inline in _inlines(markdown))


@cache
def syllables(word: str) -> int:
    """Return how many syllables a word counts for, at least 1."""
    if _is_medical(word):
        return MEDICAL_SYLLABLES
    return max(1, sum(map(_part_syllables, re.split(r"[-/\u2011-\u2014]", word))))


def grade(text: str) -> float:
    """Return the US school grade at which the Markdown prose reads easily.

    Raises ValueError when the text holds no sentence to measure.
    """
    counted = [_words(sentence) for block in _prose(text) for sentence in _sentences(block)]
    if not counted:
        raise ValueError("there is no sentence to grade")
    total = sum(map(len, counted))
    sounds = sum(syllables(word) for sentence in counted for word in sentence)
    return 0.39 * total / len(counted) + 11.8 * sounds / total - 15.59


def _inlines(markdown: str) -> list[tuple[Token, Token]]:
    """Return each run of text with the token that opens its paragraph or heading."""
    tokens = _MARKDOWN.parse(markdown)
    return [(opening, token) for opening, token in pairwise(tokens) if token.type == "inline"]


def _prose(markdown: str) -> list[str]:
    return [
        _plain(_after_lead_in(inline.children or []))
        for opening, inline in _inlines(markdown)
        if opening.type != "heading_open"
    ]


def _after_lead_in(children: list[Token]) -> list[Token]:
    kinds = [child.type for child in children]
    if "strong_close" not in kinds or not _opens_bold(children):
        return children
    end = kinds.index("strong_close")
    is_lead_in = _plain(children[:end]).endswith(".") and end + 1 < len(children)
    return children[end + 1 :] if is_lead_in else children


def _opens_bold(children: list[Token]) -> bool:
    return next(child.type for child in children if child.content or child.type != "text") == (
        "strong_open"
    )


def _plain(children: list[Token]) -> str:
    shown = {"text", "softbreak", "hardbreak"}
    return "".join(child.content or " " for child in children if child.type in shown).strip()


def _sentences(block: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(block) if _words(sentence)]


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_medical(word: str) -> bool:
    name = re.sub(r"['\u2019]s$", "", word.lower())
    return name in medical_words() or name.removesuffix("s") in medical_words()


def _part_syllables(part: str) -> int:
    if _is_medical(part):
        return MEDICAL_SYLLABLES
    return sum(map(_piece_syllables, _PIECE.findall(part)))


def _piece_syllables(piece: str) -> int:
    if piece.isdigit():
        return 1
    if piece.isupper() and len(piece) > 1:
        return len(piece)
    return max(_hyphenated(piece.lower()), _vowel_groups(piece.lower()))


def _hyphenated(piece: str) -> int:
    return len(_HYPHENATION.positions(piece)) + 1


def _vowel_groups(piece: str) -> int:
    return len(re.findall(r"[aeiouyà-ÿ]+", _SILENT_END.sub("", piece)))
