"""Who may report, who may decide, and which decisions a subject allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false

from forum.accounts.policy import may_see_profile
from forum.core import clock
from forum.core.verdicts import ALLOWED, HIDDEN, Verdict, allowed_if, refused
from forum.core.viewer import Rank, Viewer
from forum.moderation.decisions import DecisionKind
from forum.moderation.models import Case, Decision
from forum.moderation.subjects import Subject
from forum.threads import policy as threads_policy
from forum.topics.models import Audience

ONLY_MODERATORS = "Only moderators can do this."
ABOUT_YOU = "This case concerns you. Another moderator has to decide it."
ABOUT_ADMINISTRATOR = (
    "Moderators cannot decide about an administrator. Another administrator has to."
)
ANSWERED = "The person has answered your decision. Another moderator has to look this time."
# Of an author without a name, a reason would say who it is.
SOMEBODY_ELSE = "Somebody else has to decide this one."
NO_LONGER_FITS = "This decision does not fit any more. Please look once more."
SETTLED = "This case is settled. A new report would open it again."
WORDS_GONE = "Its author deleted it. Nobody can read the words any more."
ANSWERED_BEFORE = "You have answered this already. A second person will look at it."


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the rules must know beside the subject itself.

    `answered_ids` are the moderators whose decisions the person concerned asks to look at again;
    `others_can` says whether a moderator who had no part in them is there to do it.
    `pause_known` is true where a pause of the account may be spoken of on this case's pages.
    """

    answered_ids: frozenset[int] = frozenset()
    others_can: bool = True
    pause_known: bool = True

    @property
    def asked_again(self) -> bool:
        return bool(self.answered_ids)


# Reporting


def may_report(viewer: Viewer, subject: Subject) -> Verdict:
    """Anything one may read and did not write; of the people, anyone but oneself."""
    if subject.post is not None and subject.thread is not None:
        return threads_policy.may_report_post(viewer, subject.thread, subject.post)
    if subject.thread is not None:
        return threads_policy.may_report_thread(viewer, subject.thread)
    seen = may_see_profile(viewer, subject.member)
    own = viewer.member_id == subject.member.id
    return seen and allowed_if(not own, "This is your own account.")


# Handling cases


def open_to(viewer: Viewer) -> ColumnElement[bool]:
    """The cases a moderator works on, in a query: not those about themselves; the twin of
    `may_handle`.
    """
    return Case.member_id != viewer.member_id if viewer.may_moderate else false()


def may_moderate(viewer: Viewer) -> Verdict:
    return allowed_if(viewer.may_moderate, ONLY_MODERATORS)


def may_handle(viewer: Viewer, subject: Subject) -> Verdict:
    """Read reports and notes, take the case: nobody does so where they are concerned."""
    if not viewer.may_moderate:
        return refused(ONLY_MODERATORS)
    return allowed_if(subject.member.id != viewer.member_id, ABOUT_YOU)


def may_claim(viewer: Viewer, subject: Subject, case: Case) -> Verdict:
    handling = may_handle(viewer, subject)
    if not handling:
        return handling
    return allowed_if(case.settled_at is None, SETTLED)


def may_read_words(
    viewer: Viewer, subject: Subject, case: Case, first_known_at: datetime
) -> Verdict:
    """The words in question. What its author deleted afterwards is kept for a case that was open
    by then (`first_known_at`), and read while it is open.
    """
    handling = may_handle(viewer, subject)
    if not handling or subject.deleted_at is None:
        return handling
    in_time = first_known_at <= subject.deleted_at
    kept = subject.words is not None and bool(subject.words.body)
    return allowed_if(in_time and kept and case.settled_at is None, WORDS_GONE)


# Deciding


def may_decide(viewer: Viewer, subject: Subject, about: Circumstances) -> Verdict:
    """A moderator, but never about oneself, about an administrator, or twice on one's own word."""
    handling = may_handle(viewer, subject)
    if not handling:
        return handling
    if _is_above(subject, viewer):
        return refused(SOMEBODY_ELSE if subject.withheld else ABOUT_ADMINISTRATOR)
    again = viewer.member_id in about.answered_ids and about.others_can
    return allowed_if(not again, SOMEBODY_ELSE if subject.withheld else ANSWERED)


def may_take(viewer: Viewer, subject: Subject, about: Circumstances, kind: DecisionKind) -> Verdict:
    """`may_decide`, and the decision fits what the subject is and the state it is in."""
    deciding = may_decide(viewer, subject, about)
    if not deciding:
        return deciding
    return allowed_if(kind in open_decisions(subject, about), NO_LONGER_FITS)


def open_decisions(subject: Subject, about: Circumstances) -> list[DecisionKind]:
    """What can be decided about this subject as it is now, in the order of the desk."""
    return [
        DecisionKind.NO_ACTION,
        *_about_words(subject),
        *_about_thread(subject),
        *_about_person(subject, about),
    ]


def known_pause(subject: Subject, about: Circumstances) -> datetime | None:
    """Until when the account is paused, where that may be spoken of."""
    until = subject.member.suspended_until
    return until if until and until > clock.now() and about.pause_known else None


def narrower_audiences(subject: Subject) -> list[Audience]:
    """The audiences a conversation could still be narrowed to."""
    if subject.thread is None:
        return []
    now = Audience(subject.thread.audience)
    return [audience for audience in Audience if audience.narrowness > now.narrowness]


def _is_above(subject: Subject, viewer: Viewer) -> bool:
    about_administrator = subject.member.rank == Rank.ADMINISTRATOR
    return about_administrator and not viewer.has_rank(Rank.ADMINISTRATOR)


def _about_words(subject: Subject) -> list[DecisionKind]:
    if subject.thread is None:
        return []
    if subject.deleted_at is not None:
        return _about_deleted(subject, subject.deleted_at)
    if subject.taken_down_at is not None:
        return [DecisionKind.RESTORE]
    kinds = [DecisionKind.RESTORE if subject.hidden_at else DecisionKind.HIDE, DecisionKind.REMOVE]
    return [*kinds, DecisionKind.EDIT_OUT] if subject.post is not None else kinds


def _about_deleted(subject: Subject, deleted_at: datetime) -> list[DecisionKind]:
    """For ten minutes its author could bring it back, unless it is taken down."""
    undoable = clock.now() - deleted_at <= threads_policy.UNDO
    return [DecisionKind.REMOVE] if undoable and subject.taken_down_at is None else []


def _about_thread(subject: Subject) -> list[DecisionKind]:
    thread = subject.thread
    if thread is None or not subject.opens_thread or thread.removed_at is not None:
        return []
    kinds = [
        DecisionKind.UNLOCK if thread.locked_at else DecisionKind.LOCK,
        DecisionKind.MOVE,
        DecisionKind.UNPIN if thread.pinned_at else DecisionKind.PIN,
    ]
    return [*kinds, DecisionKind.NARROW] if narrower_audiences(subject) else kinds


def _about_person(subject: Subject, about: Circumstances) -> list[DecisionKind]:
    member = subject.member
    if member.is_system or member.erased_at is not None:
        return []
    kinds = [DecisionKind.WARN, DecisionKind.SUSPEND]
    return [*kinds, DecisionKind.LIFT] if known_pause(subject, about) else kinds


# The person concerned


def own_decisions(viewer: Viewer) -> ColumnElement[bool]:
    """What a member is told of; the twin of `may_read_decision`."""
    return and_(Decision.member_id == viewer.member_id, Decision.told.is_(True))


def may_read_decision(viewer: Viewer, decision: Decision) -> Verdict:
    own = viewer.is_member and decision.member_id == viewer.member_id
    return ALLOWED if own and decision.told else HIDDEN


def may_mark_seen(viewer: Viewer) -> Verdict:
    """Say that one has read the words to oneself; also while the account is paused."""
    return allowed_if(viewer.is_member, "Please sign in first.")


def may_answer(viewer: Viewer, decision: Decision, *, answered: bool) -> Verdict:
    """Also while the account is paused; once for each decision."""
    reading = may_read_decision(viewer, decision)
    if not reading:
        return reading
    return allowed_if(not answered, ANSWERED_BEFORE)
