"""The maps for search engines name what everybody may read, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from forum.accounts.models import Member
from forum.core import clock
from forum.guide.seeding import seed_guide
from forum.home import sitemap
from tests import cast

Make = Callable[..., Any]
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _named(client: cast.Browser, path: str = "/sitemap.xml") -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type.startswith("application/xml")
    tree = ET.fromstring(answer.text)
    return [str(each.text).removeprefix(cast.SITE_URL) for each in tree.iter(f"{NAMESPACE}loc")]


def test_the_map_names_every_public_page_and_no_other(
    client: cast.Browser, caregiver: Member, make_thread: Make
) -> None:
    seed_guide()
    public = make_thread("trials", caregiver, audience="everyone")
    make_thread("trials", caregiver, audience="members")
    make_thread("caregivers", caregiver, audience="caregivers")
    make_thread("trials", caregiver, audience="everyone", hidden_at=clock.now())
    make_thread("trials", caregiver, audience="everyone", removed_at=clock.now())
    named = _named(client)
    assert [path for path in named if path.startswith("/threads/")] == [
        f"/threads/{public.id}-{public.slug}"
    ]
    assert {"/", "/guide", "/guide/start", "/topics", "/topics/trials", "/help"} <= set(named)
    assert "/topics/caregivers" not in named
    assert "/topics/after-a-loss" not in named


def test_the_map_says_when_a_conversation_last_changed(
    client: cast.Browser, caregiver: Member, make_thread: Make
) -> None:
    make_thread("trials", caregiver, audience="everyone", at=clock.now())
    day = clock.now().date().isoformat()
    assert f"<lastmod>{day}</lastmod>" in client.get("/sitemap.xml").text


def test_a_long_map_comes_in_files_that_together_name_each_page_once(
    client: cast.Browser, caregiver: Member, make_thread: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "THREADS_A_FILE", 2)
    for number in range(5):
        make_thread("trials", caregiver, title=f"Number {number}", audience="everyone")
    files = _named(client)
    assert files == [f"/sitemap.xml?page={number}" for number in (1, 2, 3)]
    named = [path for file in files for path in _named(client, file)]
    threads = [path for path in named if path.startswith("/threads/")]
    assert len(threads) == len(set(threads)) == 5
    assert named.count("/topics/trials") == 1
    assert client.get("/sitemap.xml?page=4").status_code == 404


def test_robots_learn_where_the_map_is_and_what_is_not_for_them(client: cast.Browser) -> None:
    answer = client.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert f"Sitemap: {cast.SITE_URL}/sitemap.xml" in lines
    assert "Disallow: /settings" in lines
