"""A forum with a row in every table, so that a walk over all its pages meets everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from forum.accounts.models import (
    Block,
    Consent,
    FailedSignIn,
    FormerUsername,
    JoinRequest,
    KnownNetwork,
    MailedToken,
    Member,
    NoteChoice,
)
from forum.accounts.sessions import open_session
from forum.accounts.tokens import token_hash
from forum.audit.actions import record
from forum.cli.seed import seed_content
from forum.core import clock
from forum.core.database import Base
from forum.core.marks import SiteMark
from forum.extensions import db
from forum.guide.models import GuidePart, GuidePlace
from forum.jobs.outbox import enqueue
from forum.moderation.models import Case, CaseNote, Decision, Report
from forum.threads.models import (
    Draft,
    PostMention,
    PostQuote,
    PostReaction,
    PostRevision,
    Thread,
    ThreadRead,
)
from tests.cast import first_post, make_member, make_post, make_thread

TOKEN = "t" * 43
KEY = "k" * 43
# A word that stands in every text of the town.
MARK = "Tilde"


@dataclass(frozen=True)
class Town:
    """Who lives there, and where its conversations are."""

    people: dict[str, Member]
    threads: dict[str, Thread]
    case: Case


def make_town() -> Town:
    seed_content()
    people = _people()
    threads = _threads(people)
    _what_members_leave(people, threads)
    _on_the_way(people)
    case = _case(people, threads["open"])
    record(None, "member.added", subject=("member", people["patient"].id), reason="A test")
    enqueue("nothing", after=timedelta(days=1))
    db.session.commit()
    return Town(people, threads, case)


def _people() -> dict[str, Member]:
    return {
        "patient": make_member("Maple", about=MARK),
        "caregiver": make_member("Harbor", "caregiver"),
        "suspended": make_member("Thicket", suspended_until=clock.now() + timedelta(days=7)),
        "editor": make_member("Quill", rank="editor"),
        "moderator": make_member("Beacon", rank="moderator"),
        "administrator": make_member("Keeper", rank="administrator"),
    }


def _threads(people: dict[str, Member]) -> dict[str, Thread]:
    author, now = people["patient"], clock.now()
    threads = {
        "open": make_thread("welcome", author, audience="everyone", body=MARK),
        "members": make_thread("after-cart", author, body=MARK),
        "caregivers": make_thread(
            "caregivers", people["caregiver"], audience="caregivers", body=MARK
        ),
        "withheld": make_thread("after-cart", author, withheld=True, body=MARK),
        "locked": make_thread("after-cart", author, body=MARK, locked_at=now),
        "hidden": make_thread("after-cart", author, body=MARK, hidden_at=now),
        "removed": make_thread("after-cart", author, body=MARK, removed_at=now),
    }
    for thread in threads.values():
        make_post(thread, people["caregiver"], body=MARK)
    make_post(threads["open"], author, body=MARK, deleted_at=now)
    make_post(threads["open"], author, body=MARK, notes=frozenset({"death"}))
    return threads


def _what_members_leave(people: dict[str, Member], threads: dict[str, Thread]) -> None:
    patient, caregiver, now = people["patient"].id, people["caregiver"].id, clock.now()
    post, other = first_post(threads["open"]).id, first_post(threads["members"]).id
    part = db.session.scalars(db.select(GuidePart).where(GuidePart.slug == "start")).one()
    _add(
        PostRevision(post_id=post, editor_id=patient, replaced_at=now, body=MARK, why=MARK),
        PostQuote(post_id=other, quoted_id=post),
        PostMention(post_id=post, member_id=caregiver),
        PostReaction(post_id=post, member_id=caregiver, kind="helpful", created_at=now),
        ThreadRead(member_id=caregiver, thread_id=threads["open"].id, last_number=1, read_at=now),
        Draft(
            member_id=patient,
            place=f"thread:{threads['open'].id}",
            fields={"body": MARK},
            saved_at=now,
        ),
        GuidePlace(member_id=patient, part_id=part.id, at=now),
        Block(blocker_id=patient, blocked_id=people["suspended"].id, created_at=now),
        NoteChoice(member_id=patient, note="faith", choice="show"),
        Consent(member_id=patient, purpose="health", wording="I agree.", given_at=now),
        FormerUsername(username_key="mapleleaf", member_id=patient, given_up_at=now),
        SiteMark(name="test", set_at=now),
    )


def _on_the_way(people: dict[str, Member]) -> None:
    now, soon = clock.now(), clock.now() + timedelta(hours=1)
    patient = people["patient"].id
    open_session(patient, device="Another device")
    _add(
        JoinRequest(
            username="Sparrow",
            username_key="sparrow",
            email="sparrow@mail.example",
            email_key="sparrow@mail.example",
            password_hash="none",
            relations=frozenset({"patient"}),
            adult_wording="I am 18 or older.",
            consent_wording="I agree.",
            page_key_hash=token_hash(KEY),
            token_hash=token_hash(TOKEN),
            created_at=now,
            expires_at=soon,
        ),
        MailedToken(
            member_id=patient,
            purpose="reset",
            token_hash=token_hash(TOKEN),
            created_at=now,
            expires_at=soon,
        ),
        MailedToken(
            member_id=patient,
            purpose="new_address",
            token_hash=token_hash(f"new{TOKEN}"),
            email="maple@new.example",
            created_at=now,
            expires_at=soon,
        ),
        FailedSignIn(at=now, login_hash="a" * 64, network_hash="b" * 64),
        KnownNetwork(member_id=patient, network_hash="b" * 64, last_used_at=now),
    )


def _case(people: dict[str, Member], thread: Thread) -> Case:
    now, post = clock.now(), first_post(thread)
    case = Case(
        subject_kind="post",
        subject_id=post.id,
        thread_id=thread.id,
        member_id=post.author_id,
        reason="unkind",
        urgency=4,
        reports=1,
        opened_at=now,
    )
    _add(case)
    moderator = people["moderator"].id
    _add(
        Report(
            case_id=case.id, reporter_id=people["caregiver"].id, reason="unkind", created_at=now
        ),
        CaseNote(case_id=case.id, author_id=moderator, body=MARK, created_at=now),
        Decision(
            case_id=case.id,
            moderator_id=moderator,
            member_id=post.author_id,
            kind="warn",
            reason=MARK,
            created_at=now,
        ),
    )
    return case


def _add(*rows: Base) -> None:
    db.session.add_all(rows)
    db.session.flush()
