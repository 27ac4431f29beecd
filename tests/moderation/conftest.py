"""A conversation to moderate, and the browsers of those who take part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from forum.accounts.models import Member
from forum.threads.models import Post, Thread
from tests import cast

SignIn = Callable[[Member], cast.Browser]


@pytest.fixture
def thread(patient: Member) -> Thread:
    """By Maple."""
    return cast.make_thread("after-cart", patient, title="Week nine", body="Fevers again.")


@pytest.fixture
def reply(thread: Thread, caregiver: Member) -> Post:
    """By Harbor, in that conversation."""
    return cast.make_post(thread, caregiver, body="Ask for nurse Marigold.")


@pytest.fixture
def at_desk(sign_in: SignIn, moderator: Member) -> cast.Browser:
    """Beacon, a moderator."""
    return sign_in(moderator)


@pytest.fixture
def second_at_desk(sign_in: SignIn, second_moderator: Member) -> cast.Browser:
    """Anchor, another moderator."""
    return sign_in(second_moderator)


@pytest.fixture
def author(sign_in: SignIn, caregiver: Member) -> cast.Browser:
    """Harbor, who wrote the reply."""
    return sign_in(caregiver)


@pytest.fixture
def reader(sign_in: SignIn, patient: Member) -> cast.Browser:
    """Maple, who reads the reply and started the conversation."""
    return sign_in(patient)
