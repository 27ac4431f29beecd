"""Reading the guide: the whole at a glance, one part, and everything on paper."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from forum.accounts.models import Member
from forum.extensions import db
from forum.guide.queries import guide_overview, guide_rows
from forum.guide.seeding import seed_guide
from tests import cast
from tests.guide.parts import part_row, write_part
from tests.threads.page import Page, words

SignIn = Callable[[Member], cast.Browser]

pytestmark = pytest.mark.usefixtures("guide")


def test_the_whole_stands_at_a_glance_in_its_order(client: cast.Browser) -> None:
    page = Page(client.get("/guide"))
    assert [row.slug for row in guide_overview()] == ["start", "fade", "disclaimer"]
    assert page.main.index("Start here") < page.main.index("Why it can fade")
    assert "What went on in your body." in page.main
    assert "1 minute read" in page.main
    assert "Every part was checked on or after 20 November 2026." in page.main
    assert "/guide/print" in page.addresses()


def test_a_guide_without_parts_says_what_will_be_here(client: cast.Browser) -> None:
    for slug in ("start", "fade", "disclaimer"):
        db.session.delete(part_row(slug))
    db.session.commit()
    assert "The parts of the guide will be here." in Page(client.get("/guide")).main


def test_a_part_says_where_it_stands_and_how_far_to_trust_it(client: cast.Browser) -> None:
    main = Page(client.get("/guide/fade")).main
    about = "Part 2 of 3 · 1 minute read · last checked 20 November 2026, against sources up to"
    assert f"{about} June 2026" in main
    assert "A journal, 2025" in main
    assert "Not yet confirmed That it is the same everywhere" in main
    assert "What people ask their team What do my tests show?" in main
    assert "This is general information, not medical advice." in main


def test_a_part_without_questions_or_doubts_has_no_empty_headings(client: cast.Browser) -> None:
    main = Page(client.get("/guide/start")).main
    assert "What people ask their team" not in main
    assert "Not yet confirmed" not in main


def test_the_text_is_drawn_as_written(client: cast.Browser) -> None:
    assert "It is <em>not</em> your fault.</p>" in client.get("/guide/fade").text


def test_a_part_with_three_headings_has_a_table_of_contents(client: cast.Browser) -> None:
    fade, short = Page(client.get("/guide/fade")), Page(client.get("/guide/disclaimer"))
    assert "#h-what-comes-next" in fade.addresses()
    assert fade.has("h-what-comes-next")
    assert short.has("h-next")
    assert not [address for address in short.addresses() if address.startswith("#h-")]


def test_every_part_leads_to_the_others(client: cast.Browser) -> None:
    page = Page(client.get("/guide/fade"))
    steps = [each for each in page.root.iter("a") if each.get("rel") in ("prev", "next")]
    assert [each.get("href") for each in steps] == ["/guide/start", "/guide/disclaimer"]
    current = [each for each in page.root.iter("a") if each.get("aria-current") == "page"]
    assert "Why it fades" in [words(each) for each in current]


def test_the_first_part_has_nothing_before_it_and_the_last_nothing_after(
    client: cast.Browser,
) -> None:
    assert 'rel="prev"' not in client.get("/guide/start").text
    assert 'rel="next"' not in client.get("/guide/disclaimer").text


def test_only_the_first_part_carries_the_call_box(client: cast.Browser) -> None:
    assert "38 °C (100.4 °F)" in client.get("/guide/start").text
    assert "38 °C (100.4 °F)" not in client.get("/guide/fade").text


def test_a_part_shows_the_conversations_about_it_and_the_disclaimer_has_none(
    client: cast.Browser, patient: Member, make_thread: Callable[..., Any]
) -> None:
    make_thread("start", patient, title="Where do I begin?", audience="everyone")
    assert Page(client.get("/guide/start")).rows() == ["Where do I begin?"]
    assert "Conversations about this part" not in client.get("/guide/disclaimer").text


def test_members_are_shown_where_to_talk_about_a_part(sign_in: SignIn, patient: Member) -> None:
    assert "/topics/start/new" in Page(sign_in(patient).get("/guide/start")).addresses()


def test_a_part_that_is_not_there_is_unknown(client: cast.Browser) -> None:
    assert client.get("/guide/nothing").status_code == 404


def test_the_drawing_of_the_two_cells_says_in_words_what_it_shows(
    client: cast.Browser, guide: Path
) -> None:
    write_part(guide, "bispecifics", 4)
    seed_guide(guide)
    db.session.commit()
    page = Page(client.get("/guide/bispecifics"))
    assert "a T cell on the left, a myeloma cell on the right" in page.main
    assert "<svg" not in client.get("/guide/fade").text.partition("<main")[2]


def test_readers_see_what_changed_and_when_without_names(
    client: cast.Browser, sign_in: SignIn, editor: Member
) -> None:
    main = Page(client.get("/guide/fade")).main
    assert "What changed" in main
    assert "First version" in main


@pytest.mark.parametrize("path", ["/guide", "/guide/fade"])
def test_pages_of_the_guide_may_be_found_under_one_address(path: str, client: cast.Browser) -> None:
    answer = client.get(f"{path}?from=elsewhere")
    assert "X-Robots-Tag" not in answer.headers
    assert Page(answer).canonical() == f"{cast.SITE_URL}{path}"


def test_the_page_for_paper_holds_every_part_and_is_not_for_search_engines(
    client: cast.Browser,
) -> None:
    answer = client.get("/guide/print")
    page = Page(answer)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    for title in ("Start here", "Why it can fade", "What this is"):
        assert title in page.main
    assert page.main.count("What it means") == 2
    ids = [each.get("id") for each in page.root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_the_page_for_paper_skips_no_heading_level(client: cast.Browser) -> None:
    levels = [
        int(each.tag[1])
        for each in Page(client.get("/guide/print")).within("main").iter()
        if each.tag in ("h1", "h2", "h3", "h4", "h5")
    ]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_a_visitor_gets_no_cookie_from_the_guide(client: cast.Browser) -> None:
    for path in ("/guide", "/guide/fade", "/guide/print"):
        assert "Set-Cookie" not in client.get(path).headers


def test_the_number_of_queries_does_not_grow_with_the_guide(
    client: cast.Browser, guide: Path, count_queries: Callable[..., Any]
) -> None:
    def counted(path: str) -> int:
        client.get(path)
        with count_queries() as statements:
            client.get(path)
        return len(statements)

    before = [counted(path) for path in ("/guide", "/guide/fade", "/guide/print")]
    for number in range(4, 40):
        write_part(guide, f"part-{number}", number)
    seed_guide(guide)
    db.session.commit()
    assert [counted(path) for path in ("/guide", "/guide/fade", "/guide/print")] == before
    assert before[0] == before[2] == 1


def test_another_room_gets_the_parts_it_names_in_its_order() -> None:
    rows = guide_rows(["fade", "nothing", "start"])
    assert [(row.slug, row.url) for row in rows] == [
        ("fade", "/guide/fade"),
        ("start", "/guide/start"),
    ]
    assert guide_rows([]) == []


def test_the_topic_of_a_part_opens_with_the_card_of_the_guide(client: cast.Browser) -> None:
    page = Page(client.get("/topics/start"))
    assert "In the guide: Start here" in words(page.within("in-the-guide"))
    assert "/guide/start" in page.addresses(page.within("in-the-guide"))
