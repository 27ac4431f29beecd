"""A page asks the database as often for much as for little."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import insert

from forum.accounts.models import Member
from forum.core import clock
from forum.core.markup import RENDERER_VERSION
from forum.extensions import db
from forum.threads.models import Post, PostReaction, Thread, ThreadRead
from tests import cast

CountQueries = Callable[..., Any]
Make = Callable[..., Any]
SignIn = Callable[[Member], cast.Browser]

# The most that a page may ask. A member's page also asks who they are and whether moderators
# have told them something; that of a conversation asks for their draft, too.
MOST_FOR_THREAD = {"visitor": 5, "member": 8}
MOST_FOR_LIST = {"visitor": 3, "member": 5}
MOST_FOR_TOPIC = {"visitor": 6, "member": 8}
MOST_FOR_FRONT = {"visitor": 4, "member": 6}


@pytest.fixture
def readers(client: cast.Browser, sign_in: SignIn, patient: Member) -> dict[str, cast.Browser]:
    return {"visitor": client, "member": sign_in(patient)}


def _count(count: CountQueries, reader: cast.Browser, path: str) -> int:
    """How many statements a page takes, once what is kept for all pages is there."""
    assert reader.get(path).status_code == 200
    with count() as statements:
        assert reader.get(path).status_code == 200
    return len(statements)


def _fill(thread: Thread, authors: list[Member], total: int) -> None:
    """Let the thread have `total` posts, with reactions, by all authors in turn."""
    rows = list(_posts(thread, authors, total))
    if rows:
        db.session.execute(insert(Post), rows)
    thread.last_number, thread.replies = total, total - 1
    db.session.flush()
    first = cast.first_post(thread)
    db.session.add(
        PostReaction(
            post_id=first.id, member_id=authors[0].id, kind="helpful", created_at=clock.now()
        )
    )
    db.session.commit()


def _posts(thread: Thread, authors: list[Member], total: int) -> Iterator[dict[str, Any]]:
    for number in range(2, total + 1):
        yield {
            "thread_id": thread.id,
            "number": number,
            "author_id": authors[number % len(authors)].id,
            "withheld": number % 5 == 0,
            "body": "Words",
            "html": "<p>Words</p>",
            "markup_version": RENDERER_VERSION,
            "created_at": clock.now(),
        }


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_a_conversation_asks_as_often_with_1_post_as_with_20_or_2000(
    who: str,
    readers: dict[str, cast.Browser],
    caregiver: Member,
    bereaved: Member,
    make_thread: Make,
    count_queries: CountQueries,
) -> None:
    counts = []
    for total in (1, 20, 2000):
        thread = make_thread("trials", caregiver, audience="everyone")
        _fill(thread, [caregiver, bereaved], total)
        address = f"/threads/{thread.id}-{thread.slug}"
        last = f"?page={-(-total // 20)}"
        counts += [_count(count_queries, readers[who], address + query) for query in ("", last)]
    assert len(set(counts)) == 1
    assert counts[0] <= MOST_FOR_THREAD[who]


@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/threads", MOST_FOR_LIST),
        ("/threads?view=waiting", MOST_FOR_LIST),
        ("/topics/trials", MOST_FOR_TOPIC),
        ("/", MOST_FOR_FRONT),
    ],
)
def test_a_list_asks_as_often_with_1_conversation_as_with_60(
    path: str,
    most: dict[str, int],
    who: str,
    readers: dict[str, cast.Browser],
    patient: Member,
    caregiver: Member,
    bereaved: Member,
    make_thread: Make,
    count_queries: CountQueries,
) -> None:
    authors = [caregiver, bereaved]
    first = make_thread("trials", caregiver, audience="everyone")
    db.session.add(
        ThreadRead(member_id=patient.id, thread_id=first.id, last_number=1, read_at=clock.now())
    )
    with_one = _count(count_queries, readers[who], path)
    for number in range(59):
        make_thread("trials", authors[number % 2], audience="everyone")
    assert _count(count_queries, readers[who], path) == with_one
    assert with_one <= most[who]


def test_reading_never_writes(
    readers: dict[str, cast.Browser],
    caregiver: Member,
    make_thread: Make,
    count_queries: CountQueries,
) -> None:
    thread = make_thread("trials", caregiver, audience="everyone")
    post = cast.first_post(thread)
    paths = ["/", "/threads", "/topics", "/topics/trials", f"/posts/{post.id}", "/sitemap.xml"]
    paths += [f"/threads/{thread.id}-{thread.slug}", f"/threads/{thread.id}?unread=1"]
    for reader in readers.values():
        with count_queries() as statements:
            for path in paths:
                assert reader.get(path).status_code < 400
        assert statements
        assert all(statement.lstrip().startswith("SELECT") for statement in statements)
