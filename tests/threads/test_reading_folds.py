"""Content notes and blocks: what a reader chose not to meet unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from forum.accounts.models import Block, Member, NoteChoice
from forum.core import clock
from forum.extensions import db
from tests import cast
from tests.threads.page import Page, words

Make = Callable[..., Any]
SignIn = Callable[[Member], cast.Browser]
DEATH = frozenset({"death"})


@pytest.fixture
def thread(caregiver: Member, make_thread: Make, make_post: Make) -> Any:
    """Its second post carries a content note."""
    thread = make_thread("trials", caregiver, audience="everyone")
    make_post(thread, caregiver, body="He died at home.", notes=DEATH)
    return thread


def _choose(member: Member, choice: str, note: str = "death") -> None:
    db.session.add(NoteChoice(member_id=member.id, note=note, choice=choice))
    db.session.commit()


def _open(reader: cast.Browser, thread: Any, query: str = "") -> Page:
    return Page(reader.get(f"/threads/{thread.id}-{thread.slug}{query}"))


def _folds(page: Page, number: int) -> list[str]:
    return [words(each) for each in page.within(f"post-{number}").iter("details")]


def test_a_post_with_a_note_is_folded_unless_its_reader_chose_otherwise(
    client: cast.Browser, sign_in: SignIn, patient: Member, thread: Any
) -> None:
    for reader in (client, sign_in(patient)):
        page = _open(reader, thread)
        text = page.post(2)
        label, button, post = (
            text.index(part) for part in ("Death, dying", "Show the post", "He died at home.")
        )
        assert label < button < post
        assert "He died at home." in _folds(page, 2)[0]


def test_a_reader_who_chose_to_see_a_note_sees_the_post_with_its_label(
    sign_in: SignIn, patient: Member, thread: Any
) -> None:
    _choose(patient, "show")
    page = _open(sign_in(patient), thread)
    assert _folds(page, 2) == []
    assert "Death, dying or hospice" in page.post(2)
    assert "He died at home." in page.post(2)


def test_a_reader_who_chose_to_hide_a_note_gets_a_line_and_the_post_only_when_asked_for(
    sign_in: SignIn, patient: Member, thread: Any
) -> None:
    _choose(patient, "hide")
    reader = sign_in(patient)
    page = _open(reader, thread)
    assert "Left out, as you chose: Death, dying or hospice Show this post" in page.post(2)
    assert "He died" not in page.html
    assert "Harbor" not in page.post(2)
    address = page.targets("Show this post, number 2")[0]
    assert address.endswith("?page=1&show=2#post-2")
    assert "He died at home." in Page(reader.get(address)).post(2)


def test_the_strictest_choice_wins_among_several_notes(
    sign_in: SignIn, patient: Member, caregiver: Member, thread: Any, make_post: Make
) -> None:
    make_post(thread, caregiver, body="Both at once.", notes=frozenset({"death", "faith"}))
    _choose(patient, "show", "faith")
    _choose(patient, "hide", "death")
    assert "Both at once." not in _open(sign_in(patient), thread).html


def test_the_notes_of_a_conversation_stand_at_its_head_and_fold_its_opening(
    client: cast.Browser, caregiver: Member, make_thread: Make, make_post: Make
) -> None:
    thread = make_thread("trials", caregiver, audience="everyone", notes=DEATH, body="The opening.")
    make_post(thread, caregiver, body="An answer.")
    page = _open(client, thread)
    assert page.main.index("Death, dying or hospice") < page.main.index("Show the post")
    assert "The opening." in _folds(page, 1)[0]
    assert _folds(page, 2) == []


def test_my_own_posts_are_never_folded_for_me(
    sign_in: SignIn, caregiver: Member, thread: Any
) -> None:
    _choose(caregiver, "hide")
    page = _open(sign_in(caregiver), thread)
    assert "He died at home." in page.post(2)
    assert _folds(page, 2) == []


def _block(blocker: Member, blocked: Member) -> None:
    db.session.add(Block(blocker_id=blocker.id, blocked_id=blocked.id, created_at=clock.now()))
    db.session.commit()


def test_both_sides_of_a_block_see_each_other_folded_and_only_one_is_told_why(
    sign_in: SignIn, patient: Member, caregiver: Member, thread: Any, make_post: Make
) -> None:
    make_post(thread, patient, body="From the one who blocked.")
    _block(patient, caregiver)
    for_blocker, for_blocked = _open(sign_in(patient), thread), _open(sign_in(caregiver), thread)
    assert for_blocker.post(1).startswith("A post by somebody you blocked Show the post")
    assert for_blocked.post(3).startswith("A folded post Show the post")
    assert "From the one who blocked." in _folds(for_blocked, 3)[0]
    assert _folds(for_blocker, 3) == []
    assert "block" not in for_blocked.post(3).replace("From the one who blocked.", "")


def test_others_notice_nothing_of_a_block(
    client: cast.Browser,
    sign_in: SignIn,
    patient: Member,
    caregiver: Member,
    bereaved: Member,
    thread: Any,
) -> None:
    _block(patient, caregiver)
    for reader in (client, sign_in(bereaved)):
        assert _folds(_open(reader, thread), 1) == []


def test_a_block_does_not_fold_what_was_written_without_a_name(
    sign_in: SignIn, patient: Member, caregiver: Member, thread: Any, make_post: Make
) -> None:
    make_post(thread, caregiver, withheld=True, body="Without my name.")
    _block(patient, caregiver)
    page = _open(sign_in(patient), thread)
    assert _folds(page, 3) == []
    assert "Without my name." in page.post(3)
