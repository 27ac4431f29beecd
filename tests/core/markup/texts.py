"""Strategies for texts: anything at all, and things that look like Markdown or HTML."""

from hypothesis import strategies as st

from tests.core.markup.payloads import ADDRESSES, MARKDOWN, MARKUP

_MARKS = (
    *"[]()<>*_`~#-+!\\&|=:\"'@/ \n\t",
    "\n\n",
    "\r\n",
    "> ",
    "- ",
    "1. ",
    "    ",
    "```",
    "**",
    "~~",
    "![",
    "](",
    "](/posts/5):\n",
    "> [Ann wrote](/posts/2):\n> ",
    "> [Ann](/posts/5)\n",
    "<a href=",
    "<p>",
    "</p>",
    "&#x",
    "&lt;",
    "@ann_b",
    "@x",
    "https://",
    "https://example.org/a_b",
    "www.example.org",
    "a@example.org",
    "javascript:1",
    "\u202e",
    "שלום",
    "مرحبا",
    "\x00",
    "\ud800",
    "word",
)

_characters = st.text(
    st.characters(exclude_categories=()),  # lone surrogates too: JSON can carry them
    max_size=60,
)
_fragments = st.lists(
    st.one_of(
        st.sampled_from(_MARKS),
        st.sampled_from(MARKUP),
        st.sampled_from(MARKDOWN),
        st.sampled_from(ADDRESSES),
        st.text(max_size=4),
    ),
    max_size=25,
).map("".join)
_marks = st.lists(st.sampled_from(_MARKS), max_size=60).map("".join)

texts = st.one_of(_characters, _marks, _fragments)
