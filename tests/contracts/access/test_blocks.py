"""The two sides of a block, in the world of the table.

A block changes no status: whoever is blocked is answered as any member, which the table holds.
What it does is to fold posts and to keep names from being linked.
"""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from forum.extensions import db
from forum.threads.models import Post, PostMention
from tests import cast
from tests.contracts.access.people import NAMES, Person
from tests.contracts.access.subjects import Subject
from tests.contracts.access.table import TABLE
from tests.contracts.access.thread_subjects import MEMBERS_ONLY, PUBLIC, WITHHELD
from tests.contracts.access.world import World

SIDES = (Person.BLOCKED, Person.BLOCKER)
FOLDS = {
    Person.BLOCKED: "A folded post",
    Person.BLOCKER: "A post by somebody you blocked",
    Person.MEMBER: "",
}


@pytest.mark.parametrize("side", SIDES, ids=str)
def test_a_block_changes_no_answer(side: Person) -> None:
    for call in TABLE:
        for subject in call.subjects:
            if side not in subject.own_of:
                as_member = call.expected(Person.NEWCOMER, subject)
                assert call.expected(side, subject) == as_member, f"{call} upon {subject}"


@pytest.mark.parametrize("person", FOLDS, ids=str)
def test_posts_are_folded_for_both_sides_and_open_for_others(world: World, person: Person) -> None:
    page = _page(world, person, MEMBERS_ONLY)
    assert all(words in page for words in (FOLDS[person], "I have been there."))
    folds = {words for words in FOLDS.values() if words and words in page}
    assert folds == {FOLDS[person]} - {""}


@pytest.mark.parametrize("person", FOLDS, ids=str)
def test_a_fold_does_not_tell_who_writes_without_a_name(world: World, person: Person) -> None:
    page = _page(world, person, WITHHELD)
    assert not any(words in page for words in FOLDS.values() if words)


@pytest.mark.parametrize(
    ("writer", "named", "is_linked"),
    [
        (Person.BLOCKED, Person.AUTHOR, False),
        (Person.AUTHOR, Person.BLOCKED, False),
        (Person.BLOCKER, Person.AUTHOR, False),
        (Person.AUTHOR, Person.BLOCKER, False),
        (Person.MEMBER, Person.AUTHOR, True),
    ],
)
def test_those_with_a_block_between_them_reply_and_cannot_mention_each_other(
    passing_world: World, writer: Person, named: Person, is_linked: bool
) -> None:
    values = passing_world.values(PUBLIC, writer)
    body = f"Thank you, @{NAMES[named]}, for this."
    browser = passing_world.browser(writer)
    answer = cast.form_post(browser, f"/threads/{values['thread_id']}/reply", {"body": body})
    assert answer.status_code == 303
    reply = db.session.scalars(select(Post).order_by(Post.id.desc()).limit(1)).one()
    assert (f"/members/{NAMES[named]}" in reply.html) is is_linked
    assert db.session.scalar(select(func.count()).select_from(PostMention)) == is_linked


def _page(world: World, person: Person, thread: Subject) -> str:
    values = world.values(thread, person)
    path = f"/threads/{values['thread_id']}-{values['slug']}"
    return str(world.browser(person).get(path).get_data(as_text=True))
