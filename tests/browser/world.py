"""A small community in which everything has happened once: the ground of the tests of pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from forum.accounts.actions.blocking import block_member
from forum.accounts.actions.profiles import change_profile, choose_notes, rename
from forum.accounts.models import Member
from forum.accounts.sessions import open_session
from forum.core import clock
from forum.core.viewer import Rank, Relation
from forum.extensions import db
from forum.guide.actions import keep_place, restore_revision, save_part
from forum.guide.edition import Edition
from forum.guide.models import GuidePart
from forum.guide.seeding import seed_guide
from forum.moderation.models import Case
from forum.threads.actions import deleting, drafts, editing, moderating, reacting
from forum.threads.actions.replying import post_reply
from forum.threads.actions.starting import start_thread
from forum.threads.models import Post, Reaction, Thread
from forum.threads.reads import record_read
from forum.topics.models import Audience
from tests import cast
from tests.browser.cases import make_cases
from tests.browser.texts import LONG_NAME, LONG_TITLE, RIGHT_TO_LEFT, TEXTS, UNBROKEN_TITLE

REPLIES = 26
OPENING = """I went from talking in my kitchen to a chair by the window. The numbers rose in March.

What did *your* team try first? And who sat with you while you waited?"""
QUOTE = "> [Maple wrote](/posts/{first}):\n> What did your team try first?\n\n{answer}"


@dataclass(frozen=True)
class World:
    """What is there. `member` is a caregiver."""

    patient: Member
    member: Member
    moderator: Member
    administrator: Member
    long: Thread
    members_only: Thread
    caregivers: Thread
    pinned: Thread
    locked: Thread
    hidden: Thread
    removed: Thread
    wide: Thread
    own: Thread
    own_post: Post
    own_gone: Post
    edited: Post
    case: Case
    settled: Case
    member_case: Case
    quiet_post: Post

    @property
    def own_posts(self) -> tuple[Post, Post, Post]:
        """The member's own: one as it was written, one just deleted, one edited."""
        return self.own_post, self.own_gone, self.edited


def make_world(app: Flask) -> World:
    """Fill the fresh database of a test, and return what is there."""
    seed_guide()
    people = _people()
    threads = _threads(people)
    posts = _posts(people, threads)
    cases = make_cases(app, people, threads)
    _traces(people, threads)
    _guide(people)
    db.session.commit()
    named = {name: people[name] for name in ("patient", "member", "moderator", "administrator")}
    return World(**named, **threads, **posts, **cases)


def _people() -> dict[str, Member]:
    people = {
        "patient": cast.make_member("Maple", "patient"),
        "member": cast.make_member("Harbor", "caregiver", "family"),
        "bereaved": cast.make_member("Willow", "bereaved", "caregiver"),
        "long": cast.make_member(LONG_NAME, *Relation),
        "blocked": cast.make_member("Bramble"),
        "suspended": cast.make_member("Thicket", suspended_until=clock.now() + timedelta(days=7)),
        "editor": cast.make_member("Quill", rank=Rank.EDITOR),
        "welcomer": cast.make_member("Porch", "caregiver", rank=Rank.WELCOMER),
        "moderator": cast.make_member("Beacon", rank=Rank.MODERATOR),
        "second": cast.make_member("Anchor", rank=Rank.MODERATOR),
        "administrator": cast.make_member("Keeper", rank=Rank.ADMINISTRATOR),
        "gone": cast.make_member("Feather"),
    }
    member = cast.viewer_of(people["member"])
    block_member(member, people["blocked"])
    choose_notes(member, {"death": "hide", "severe": "fold", "faith": "show"})
    change_profile(
        cast.viewer_of(people["patient"]),
        relations=frozenset({"patient"}),
        about=f"Two CAR T, one dog. {RIGHT_TO_LEFT}\n\n{TEXTS[1]}"[:500],
    )
    rename(cast.viewer_of(people["gone"]), "Feather_and_stone")
    open_session(people["member"].id, device="Firefox on Android")
    return people


def _start(people: dict[str, Member], who: str, slug: str, title: str, **how: Any) -> Thread:
    usual = {"body": OPENING, "audience": Audience.MEMBERS}
    opening = start_thread(
        cast.viewer_of(people[who]), cast.topic(slug), title=title, **{**usual, **how}
    )
    return db.session.get_one(Thread, opening.thread_id)


def _reply(people: dict[str, Member], who: str, thread: Thread, body: str, **how: Any) -> Post:
    return post_reply(cast.viewer_of(people[who]), thread, body=body, **how)


def _threads(people: dict[str, Member]) -> dict[str, Thread]:
    everyone = {"audience": Audience.EVERYONE}
    caregivers = {"audience": Audience.CAREGIVERS, "notes": ["death", "intimacy"]}
    threads = {
        "removed": _start(people, "blocked", "welcome", "A cure they hide from you"),
        "hidden": _start(people, "patient", "upset", "I said too much here"),
        "locked": _start(people, "bereaved", "after-a-loss", "What I would tell my earlier self"),
        "caregivers": _start(people, "member", "caregivers", "Dividing the nights", **caregivers),
        "pinned": _start(people, "moderator", "upset", "How this room works", **everyone),
        "wide": _start(people, "long", "after-cart", UNBROKEN_TITLE, body=TEXTS[1], **everyone),
        "members_only": _start(people, "patient", "trials", LONG_TITLE, withhold_name=True),
        "own": _start(people, "member", "after-cart", "Day 40 and he sleeps all day"),
        "long": _start(people, "patient", "upset", "What came first for you?", **everyone),
    }
    _start(people, "long", "after-cart", "سؤال عن العلاج الثاني", body=RIGHT_TO_LEFT, **everyone)
    _fill(people, threads["long"])
    moderator = cast.viewer_of(people["moderator"])
    moderating.pin_thread(moderator, threads["pinned"])
    moderating.lock_thread(moderator, threads["locked"])
    moderating.hide_thread(moderator, threads["hidden"])
    moderating.remove_thread(moderator, threads["removed"])
    return threads


def _fill(people: dict[str, Member], thread: Thread) -> None:
    """More than a page of replies, by everybody, each text in turn."""
    first = cast.first_post(thread)
    writers = ("member", "long", "bereaved", "blocked", "patient", "welcomer", "moderator")
    for number in range(REPLIES):
        text = TEXTS[number % len(TEXTS)]
        body = QUOTE.format(first=first.id, answer=text) if number % 5 == 1 else text
        notes = {3: ["severe"], 4: ["death", "results"], 5: ["faith"]}.get(number % 9, ())
        who = writers[number % len(writers)]
        _reply(people, who, thread, body, notes=notes, withhold_name=number % 6 == 2)


def _posts(people: dict[str, Member], threads: dict[str, Thread]) -> dict[str, Post]:
    member = cast.viewer_of(people["member"])
    moderator = cast.viewer_of(people["moderator"])
    long = threads["long"]
    posts = {
        "own_post": _reply(people, "member", long, "My own words, to be changed."),
        "own_gone": _reply(people, "member", long, "Deleted a moment ago."),
        "edited": _reply(people, "member", long, "Words before the change.\n\nAnd after."),
        "quiet_post": cast.post_number(long, 2),
    }
    deleting.delete_post(member, posts["own_gone"])
    editing.edit_post(member, posts["edited"], body="Words after the change.", why="Too early.")
    moderating.hide_post(moderator, cast.post_number(long, 9))
    moderating.remove_post(moderator, cast.post_number(long, 12))
    for number, kind in ((1, Reaction.WITH_YOU), (1, Reaction.HELPFUL), (8, Reaction.SAME_HERE)):
        reacting.react(member, cast.post_number(long, number), kind)
    return posts


def _traces(people: dict[str, Member], threads: dict[str, Thread]) -> None:
    """What readers leave: how far they read, and what they began to write."""
    member = cast.viewer_of(people["member"])
    record_read(member.member_id, threads["long"].id, 5)
    record_read(people["moderator"].id, threads["long"].id, 24)
    draft = drafts.DraftText(body="I began this at three.", notes=["severe"])
    drafts.save_draft(member, drafts.place_of_thread(threads["caregivers"].id), draft)


def _guide(people: dict[str, Member]) -> None:
    editor = cast.viewer_of(people["editor"])
    part = db.session.scalars(select(GuidePart).where(GuidePart.slug == "trials")).one()
    edition = Edition.of(part)
    changed = replace(edition, title="Trials, plainly", body=edition.body + "\n\nOne line more.")
    save_part(editor, "trials", edition=changed, note="One line more", base=part.revision)
    restore_revision(editor, "trials", 1)
    keep_place(cast.viewer_of(people["member"]), "radiation")
