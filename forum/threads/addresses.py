"""Addresses of topics, conversations and posts, built without asking the router.

A list builds dozens of them; a page of posts is the one its number falls on.
"""

from __future__ import annotations

from urllib.parse import quote

from forum.threads.models import POSTS_A_PAGE

LARGEST_ID = 2**63 - 1
# In the rule of a route: an id that any database can be asked for.
ID = f"int(max={LARGEST_ID})"


def topic_path(slug: str, page: int = 1) -> str:
    return f"/topics/{slug}{_page(page)}"


def thread_path(thread_id: int, slug: str, page: int = 1) -> str:
    return f"/threads/{thread_id}-{slug}{_page(page)}"


def post_in_thread_path(thread_id: int, slug: str, number: int) -> str:
    """Where post `number` stands: its page of the thread, and the place on it."""
    return f"{thread_path(thread_id, slug, page_of(number))}#post-{number}"


def post_path(post_id: int) -> str:
    """The lasting address of a post, which finds its place in the thread."""
    return f"/posts/{post_id}"


def member_path(username: str) -> str:
    return f"/members/{quote(username)}"


def page_of(number: int) -> int:
    """The page of its thread that post `number` stands on; both count from 1."""
    return -(-number // POSTS_A_PAGE)


def _page(page: int) -> str:
    return f"?page={page}" if page > 1 else ""
