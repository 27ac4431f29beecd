"""Lists show the conversations of the table to whoever may know of them, and to nobody else."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.contracts.access.people import EVERYBODY, Person
from tests.contracts.access.subjects import Subject
from tests.contracts.access.thread_subjects import CAREGIVERS_ONLY, THREADS, ThreadSubject
from tests.contracts.access.world import World

MADE = [thread for thread in THREADS if isinstance(thread, ThreadSubject)]
OFFERED = [thread for thread in MADE if thread.states.isdisjoint({"hidden", "removed"})]
IN_ROOM = [CAREGIVERS_ONLY]
ELSEWHERE = [thread for thread in OFFERED if thread not in IN_ROOM]


@pytest.mark.parametrize("person", Person, ids=str)
def test_lists_offer_what_one_may_read_and_nothing_that_is_hidden(
    world: World, person: Person
) -> None:
    assert _listed(world, person, "/threads") == _names(OFFERED, person)
    assert _listed(world, person, "/") == _names(OFFERED, person)
    assert _listed(world, person, "/topics/welcome") == _names(ELSEWHERE, person)


@pytest.mark.parametrize("person", sorted(CAREGIVERS_ONLY.known_to), ids=str)
def test_the_caregivers_room_lists_its_own(world: World, person: Person) -> None:
    for path in ("/topics/caregivers", "/threads?view=caregivers"):
        assert _listed(world, person, path) == _names(IN_ROOM, person)


def test_members_find_the_conversations_they_wrote_in(world: World) -> None:
    assert _listed(world, Person.AUTHOR, "/threads?view=followed") == _names(OFFERED, Person.AUTHOR)
    assert _listed(world, Person.NEWCOMER, "/threads?view=followed") == set()


@pytest.mark.parametrize("person", Person, ids=str)
def test_the_map_of_the_site_names_public_conversations_whoever_asks(
    world: World, person: Person
) -> None:
    text = world.browser(person).get("/sitemap.xml").get_data(as_text=True)
    named = {thread.name for thread in MADE if _path(world, thread) in text}
    assert named == {thread.name for thread in OFFERED if thread.known_to == EVERYBODY}


def _names(threads: list[ThreadSubject], person: Person) -> set[str]:
    return {thread.name for thread in threads if person in thread.known_to}


def _listed(world: World, person: Person, path: str) -> set[str]:
    """The conversations that the page names, in its text or in its source."""
    source = unescape(world.browser(person).get(path).get_data(as_text=True))
    by_title = set(re.findall(r"About (an? [^<>\"]*)", source))
    by_path = {thread.name for thread in MADE if _path(world, thread) in source}
    assert by_path == by_title & {thread.name for thread in MADE}
    return by_path


def _path(world: World, thread: Subject) -> str:
    values = world.values(thread, Person.VISITOR)
    return f"/threads/{values['thread_id']}-{values['slug']}"
