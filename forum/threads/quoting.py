"""The words of posts inside other texts: quoting them, and leaving out what is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forum.accounts.models import Member
from forum.core.markup import without_quotes
from forum.core.verdicts import Unknown, require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions.redrawing import references_of
from forum.threads.actions.references import ThreadReferences
from forum.threads.actions.subjects import post_by_id, thread_of
from forum.threads.addresses import post_path
from forum.threads.models import Post, Thread, ThreadAlias
from forum.threads.policy import may_see_post
from forum.threads.presentation.names import FORMER_MEMBER, WITHHELD

LONGEST_QUOTE = 600
NAMED_POST = re.compile(r"\]\(/posts/([0-9]{1,18})\)")


def quote_of(viewer: Viewer, thread: Thread, post_id: int) -> str:
    """The own words of a post of this thread as a quote, ready to be answered below it.

    Raises `Unknown` for a post of another thread, `Refused` for one whose words are gone.
    """
    post = post_by_id(post_id)
    if post.thread_id != thread.id:
        raise Unknown
    require(may_see_post(viewer, thread, post))
    head = f"[{_name(post)} wrote]({post_path(post.id)}):"
    lines = [head, *_shortened(_own_words(post.body)).splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def text_to_change(post: Post) -> str:
    """The source of a post as somebody may edit it.

    Words that it quotes of posts which are gone by now do not come back into it.
    """
    gone = gone_posts(references_of(thread_of(post), post), [post.body])
    return without_quotes(post.body, gone)


def quoted_posts(sources: Iterable[str]) -> frozenset[int]:
    """The ids of the posts that these sources link to the way a quote does."""
    return frozenset(int(number) for text in sources for number in NAMED_POST.findall(text))


def gone_posts(references: ThreadReferences, sources: Iterable[str]) -> frozenset[int]:
    """Those among them whose words may no longer be shown."""
    named = quoted_posts(sources)
    links = references.posts(named) if named else {}
    return frozenset(post_id for post_id, link in links.items() if link.gone)


def _own_words(source: str) -> str:
    """Without the quotes inside it: a reply should not carry the whole conversation along."""
    lines = (line for line in source.splitlines() if not line.lstrip().startswith(">"))
    return "\n".join(lines).strip()


def _shortened(words: str) -> str:
    if len(words) <= LONGEST_QUOTE:
        return words
    return words[:LONGEST_QUOTE].rpartition(" ")[0] + " …"


def _name(post: Post) -> str:
    if post.withheld:
        alias = db.session.get(ThreadAlias, (post.thread_id, post.author_id))
        return alias.label if alias else WITHHELD
    author = db.session.get_one(Member, post.author_id)
    return FORMER_MEMBER if author.erased_at else author.username
