"""Topics: which exist for whom, what they say, and their conversations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from tests import cast
from tests.threads.page import Page, words

Make = Callable[..., Any]
SignIn = Callable[[Member], cast.Browser]


def test_the_caregivers_room_does_not_exist_for_patients_and_visitors(
    client: cast.Browser, sign_in: SignIn, patient: Member, caregiver: Member, bereaved: Member
) -> None:
    for reader in (client, sign_in(patient)):
        assert reader.get("/topics/caregivers").status_code == 404
        assert "/topics/caregivers" not in Page(reader.get("/topics")).addresses()
    for reader in (sign_in(caregiver), sign_in(bereaved)):
        assert reader.get("/topics/caregivers").status_code == 200
        assert "/topics/caregivers" in Page(reader.get("/topics")).addresses()


def test_a_topic_for_members_is_not_found_by_visitors(
    client: cast.Browser, sign_in: SignIn, patient: Member, suspended: Member
) -> None:
    assert client.get("/topics/after-a-loss").status_code == 404
    assert sign_in(suspended).get("/topics/after-a-loss").status_code == 404
    answer = sign_in(patient).get("/topics/after-a-loss")
    assert answer.status_code == 200
    assert "Members only" in Page(answer).main


def test_all_topics_stand_under_their_kinds(sign_in: SignIn, caregiver: Member) -> None:
    page = Page(sign_in(caregiver).get("/topics"))
    headings = [words(each) for each in page.root.iter("h2")]
    assert headings == ["The community", "About the guide", "Related coverage"]
    assert len(page.rows()) == 5 + 14 + 10


def test_a_topic_lists_its_own_conversations_with_the_pinned_ones_first(
    client: cast.Browser, patient: Member, make_thread: Make
) -> None:
    now = clock.now()
    for number in range(25):
        at = now - timedelta(hours=number)
        make_thread("trials", patient, title=f"Number {number}", audience="everyone", at=at)
    old = now - timedelta(days=30)
    make_thread("trials", patient, title="Pinned", audience="everyone", at=old, pinned_at=now)
    make_thread("radiation", patient, title="Elsewhere", audience="everyone")
    first = Page(client.get("/topics/trials"))
    assert first.rows()[:2] == ["Pinned", "Number 0"]
    assert len(first.rows()) == 26
    assert client.get("/topics/trials?page=2").status_code == 404
    make_thread("trials", patient, title="One more", audience="everyone", at=old)
    second = Page(client.get("/topics/trials?page=2"))
    assert second.rows() == ["One more"]
    assert second.targets("Previous") == ["/topics/trials"]


def test_an_empty_topic_says_what_will_be_here_and_how_to_begin(
    client: cast.Browser, sign_in: SignIn, patient: Member
) -> None:
    title = "What can you still taste and enjoy eating?"
    address = "/topics/talvey-side-effects/new?title=What%20can%20you%20still%20taste"
    for_members = Page(sign_in(patient).get("/topics/talvey-side-effects"))
    assert for_members.targets(title)[0].startswith(address)
    assert "/topics/talvey-side-effects/new" in for_members.addresses()
    for_visitors = Page(client.get("/topics/talvey-side-effects"))
    assert title not in for_visitors.main
    assert "Many people here write for members only." in for_visitors.main
    assert for_visitors.targets("Join to start a conversation") == ["/join"]


def test_a_suspended_member_is_not_offered_to_write(sign_in: SignIn, suspended: Member) -> None:
    page = Page(sign_in(suspended).get("/topics/trials"))
    assert "/topics/trials/new" not in page.addresses()
    assert "/join" not in page.addresses(page.within("main"))


def test_a_topic_leads_to_its_related_topics_but_not_to_rooms_that_are_closed(
    client: cast.Browser, sign_in: SignIn, caregiver: Member
) -> None:
    topic = cast.topic("trials")
    topic.related = ["caregivers", "radiation"]
    db.session.commit()
    for_visitors = Page(client.get("/topics/trials"))
    assert for_visitors.addresses(for_visitors.within("related")) == ["/topics/radiation"]
    for_caregivers = Page(sign_in(caregiver).get("/topics/trials"))
    addresses = for_caregivers.addresses(for_caregivers.within("related"))
    assert addresses == ["/topics/caregivers", "/topics/radiation"]


def test_survival_numbers_stay_folded_behind_a_button(client: cast.Browser) -> None:
    topic = cast.topic("survival-statistics")
    topic.numbers_html = "<p>Seventeen of a hundred.</p>"
    db.session.commit()
    introduction = Page(client.get("/topics/survival-statistics")).within("introduction")
    folded = [each for each in introduction.iter("details") if "Seventeen" in words(each)]
    assert len(folded) == 1
    assert folded[0].get("open") is None
    assert words(next(folded[0].iter("summary"))).startswith("Show the numbers")


def test_an_introduction_says_when_it_was_checked_and_where_it_comes_from(
    client: cast.Browser,
) -> None:
    introduction = words(Page(client.get("/topics/talvey-side-effects")).within("introduction"))
    assert "Last checked on 22 November 2026; sources up to June 2026." in introduction
    assert "Not yet confirmed" in introduction


def test_a_topic_that_is_not_there_is_not_found(client: cast.Browser) -> None:
    assert client.get("/topics/nowhere").status_code == 404
