"""Every page of the forum, and who gets to see it.

A new address that answers GET belongs into this list or, with its reason, into `NO_PAGES`: a test
compares both with what the app serves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forum.threads.models import Thread
from tests import cast
from tests.browser.texts import LONG_NAME, RICH
from tests.browser.world import World

VISITOR, MEMBER, MODERATOR = "visitor", "member", "moderator"
EVERYONE = (VISITOR, MEMBER, MODERATOR)
SIGNED_IN = (MEMBER, MODERATOR)

NO_PAGES = {
    "home.alive": "one word for machines",
    "home.ready": "a few words for machines",
    "home.robots": "text for search engines",
    "home.map_of_site": "XML for search engines",
    "privacy.download": "a file to take along",
    "threads.post": "leads to the post in its thread",
    "threads.thread_by_number": "leads to the thread under its whole address",
}
# Views that fail in these tests with a status which no page of ours gives by itself.
STAND_INS = {"home.alive": 500, "home.ready": 429, "home.robots": 413}


@dataclass(frozen=True)
class Page:
    """A page, by the name that a failing test says. With `fields` a form is posted to `path`."""

    endpoint: str
    path: str
    readers: Iterable[str] = EVERYONE
    status: int = 200
    fields: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        posted = f" with {', '.join(self.fields)}" if self.fields else ""
        return f"{self.path[:80]}{posted}"


def all_pages(world: World, doors: Mapping[str, str]) -> list[Page]:
    """The pages of this world; `doors` are the paths that letters lead to."""
    return [
        *_front(),
        *_guide(),
        *_lists(),
        *_threads(world),
        *_writing(world),
        *_accounts(world, doors),
        *_desk(world),
        *_errors(world),
    ]


def path_of(thread: Thread) -> str:
    return f"/threads/{thread.id}-{thread.slug}"


def _front() -> Iterator[Page]:
    yield Page("home.front", "/")
    yield Page("safety.help_page", "/help")


def _guide() -> Iterator[Page]:
    editing = (MODERATOR,)
    yield Page("guide.overview", "/guide")
    yield Page("guide.whole", "/guide/print")
    for slug in ("start", "bispecifics", "trials", "faq", "disclaimer"):
        yield Page("guide.part", f"/guide/{slug}")
    yield Page("guide.edit", "/guide/trials/edit", editing)
    yield Page("guide.history", "/guide/trials/history", editing)
    yield Page("guide.revision", "/guide/trials/history/2", editing)


def _lists() -> Iterator[Page]:
    yield Page("threads.thread_list", "/threads")
    yield Page("threads.thread_list", "/threads?view=waiting")
    yield Page("threads.thread_list", "/threads?view=followed", SIGNED_IN)
    yield Page("threads.thread_list", "/threads?view=caregivers", SIGNED_IN)
    yield Page("threads.topic_list", "/topics")
    for slug in ("welcome", "upset", "survival-statistics", "after-cart"):
        yield Page("threads.topic", f"/topics/{slug}")
    for slug in ("after-a-loss", "caregivers"):
        yield Page("threads.topic", f"/topics/{slug}", SIGNED_IN)


def _threads(world: World) -> Iterator[Page]:
    for thread in (world.long, world.wide, world.pinned):
        yield Page("threads.thread", path_of(thread))
    yield Page("threads.thread", f"{path_of(world.long)}?page=2")
    for thread in (world.members_only, world.caregivers, world.locked, world.own):
        yield Page("threads.thread", path_of(thread), SIGNED_IN)
    for thread in (world.hidden, world.removed):
        yield Page("threads.thread", path_of(thread), (MODERATOR,))


def _writing(world: World) -> Iterator[Page]:
    own, gone, edited = (f"/posts/{post.id}" for post in world.own_posts)
    yield Page("threads.new_thread", "/topics/upset/new", SIGNED_IN)
    yield Page("threads.new_thread", "/topics/upset/new", SIGNED_IN, 422, {"title": " "})
    previewed = {"title": "A first look", "body": RICH, "audience": "members", "preview": "1"}
    yield Page("threads.new_thread", "/topics/upset/new", SIGNED_IN, 200, previewed)
    yield Page("threads.new_thread", "/topics/caregivers/new", SIGNED_IN)
    yield Page("threads.reply", f"/threads/{world.caregivers.id}/reply", SIGNED_IN)
    yield Page("threads.reply", f"/threads/{world.long.id}/reply", SIGNED_IN, 422, {"body": " "})
    yield Page("threads.edit", f"{own}/edit", (MEMBER,))
    yield Page("threads.edit", f"{own}/edit", (MEMBER,), 422, {"body": " "})
    yield Page("threads.deletion", f"{own}/delete", (MEMBER,))
    yield Page("threads.deletion", f"{gone}/delete", (MEMBER,))
    yield Page("threads.history", f"{edited}/history", SIGNED_IN)
    yield Page("threads.audience", f"/threads/{world.own.id}/audience", SIGNED_IN)


def _accounts(world: World, doors: Mapping[str, str]) -> Iterator[Page]:
    visitor = (VISITOR,)
    wrong = {"login": "Maple", "password": "not this one"}
    joining = {"username": "x", "email": "not an address", "password": "short"}
    yield Page("accounts.join", "/join", visitor)
    yield Page("accounts.join", "/join", visitor, 422, joining)
    yield Page("accounts.sign_in", "/sign-in", visitor)
    yield Page("accounts.sign_in", "/sign-in?done=joined&login=Maple", visitor)
    yield Page("accounts.sign_in", "/sign-in", visitor, 422, wrong)
    yield Page("accounts.leave", "/sign-out")
    yield Page("accounts.forgot_password", "/forgot-password", visitor)
    yield Page("accounts.forgot_password", "/forgot-password", visitor, 422, {"email": "none"})
    yield Page("accounts.reset_sent", "/forgot-password/sent", visitor)
    yield Page("accounts.confirm", "/confirm/used-long-ago", visitor, 404)
    for endpoint, path in doors.items():
        yield Page(endpoint, path, visitor)
    yield Page("accounts.display", "/settings/display")
    for name in ("account", "blocks", "profile", "sessions"):
        endpoint = {"profile": "own_profile"}.get(name, name)
        yield Page(f"accounts.{endpoint}", f"/settings/{name}", SIGNED_IN)
    yield Page("accounts.settings", "/settings", SIGNED_IN)
    yield Page("privacy.data", "/settings/data", SIGNED_IN)
    yield Page("privacy.data", "/settings/data/leave", SIGNED_IN, 422, {"words": ""})
    yield Page("privacy.goodbye", "/goodbye")
    for name in (world.member.username, world.patient.username, LONG_NAME, "Bramble"):
        yield Page("accounts.profile", f"/members/{name}", SIGNED_IN)


def _desk(world: World) -> Iterator[Page]:
    desk = (MODERATOR,)
    yield Page("moderation.desk", "/moderation", desk)
    yield Page("moderation.desk", "/moderation?state=settled", desk)
    yield Page("moderation.log", "/moderation/log", desk)
    for case in (world.case, world.settled, world.member_case):
        yield Page("moderation.case", f"/moderation/cases/{case.id}", desk)
    decided = {"decision": "hide", "reason": ""}
    yield Page("moderation.case", f"/moderation/cases/{world.case.id}", desk, 422, decided)
    yield Page("moderation.open_case", f"/moderation/open/thread/{world.own.id}", desk)
    yield Page("moderation.report_post", f"/posts/{world.quiet_post.id}/report", desk)
    opening = cast.first_post(world.long)
    report = f"/posts/{opening.id}/report"
    yield Page("moderation.report_post", report, (MEMBER,))
    yield Page("moderation.report_post", report, (MEMBER,), 422, {"details": "Nothing chosen."})
    yield Page("moderation.report_thread", f"/threads/{world.long.id}/report", (MEMBER,))
    yield Page("moderation.report_member", f"/members/{LONG_NAME}/report", SIGNED_IN)
    yield Page("moderation.reported", "/reported?about=worried&next=/threads", SIGNED_IN)
    yield Page("moderation.decisions", "/settings/decisions", SIGNED_IN)


def _errors(world: World) -> Iterator[Page]:
    """What people see when something is not possible, with and without a text to be kept."""
    text = {"body": RICH, "csrf_token": "from another day"}
    reply = f"/threads/{world.long.id}/reply"
    yield Page("error", "/nowhere", status=404)
    yield Page("error", "/guide/trials/edit", (MEMBER,), 403)
    yield Page("error", path_of(world.members_only), (VISITOR,), 404)
    yield Page("error", reply, status=400, fields=text)
    yield Page("error", f"/threads/{world.locked.id}/reply", SIGNED_IN, 403, {"body": RICH})
    yield Page("error", "/healthz", status=500)
    yield Page("error", "/readyz", status=429)
    yield Page("error", "/robots.txt", status=413)


def serve_errors(app: Any, monkeypatch: Any) -> None:
    """Let the views of `STAND_INS` fail with their status, as any view may on a bad day."""
    from flask import abort

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    for endpoint, status in STAND_INS.items():

        def fail(status: int = status) -> None:
            if status == 500:
                raise ArithmeticError("a bad day")
            abort(status)

        fail.gate = app.view_functions[endpoint].gate  # type: ignore[attr-defined]
        monkeypatch.setitem(app.view_functions, endpoint, fail)
