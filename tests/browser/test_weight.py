"""Pages are light: for a first visit on a poor line, and more so for the next one."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as Tab

from tests.browser.pages import MEMBER, MODERATOR, VISITOR, Page
from tests.browser.weighing import Scale
from tests.browser.world import World

MOST_REQUESTS = 8
MOST_BYTES = 100_000
MOST_SCRIPT_BYTES = 15_000


@pytest.mark.parametrize("reader", [VISITOR, MEMBER, MODERATOR])
def test_a_first_visit_is_light_and_the_second_moves_the_page_alone(
    world: World, pages: list[Page], open_page: Callable[..., Tab], reader: str
) -> None:
    people = {VISITOR: None, MEMBER: world.member, MODERATOR: world.moderator}
    for page in _shown_only_to(reader, pages):
        tab = open_page(people[reader])
        scale = Scale(tab)
        first = scale.visit(page.path)
        assert 1 < len(first.asked) <= MOST_REQUESTS, page
        assert 1_000 < first.bytes <= MOST_BYTES, f"{page}: {first.moved}"
        assert 0 < first.script_bytes <= MOST_SCRIPT_BYTES, f"{page}: {first.moved}"
        again = scale.visit(page.path)
        assert [_path(request.url) for request in again.moved] == [page.path], page
        tab.context.close()


def _shown_only_to(reader: str, pages: list[Page]) -> list[Page]:
    """Each page once, as the first in this order who may see it."""
    order = (VISITOR, MEMBER, MODERATOR)
    plain = [page for page in pages if page.status == 200 and not page.fields]
    return [page for page in plain if reader == next(who for who in order if who in page.readers)]


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
