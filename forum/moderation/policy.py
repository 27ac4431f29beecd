"""Who may report, who may decide, and which decisions a subject allows."""

from __future__ import annotations

from forum.core.verdicts import ALLOWED, Verdict, allowed_if, refused
from forum.core.viewer import Rank, Viewer
from forum.moderation.decisions import ABOUT_THE_PERSON, DecisionKind
from forum.moderation.subjects import Subject
from forum.threads import policy as threads_policy
from forum.topics.models import Audience

ONLY_MODERATORS = "Only moderators can do this."


def may_report(viewer: Viewer, subject: Subject) -> Verdict:
    """Anything one may read and did not write; of the people, anyone but oneself."""
    if subject.post is not None and subject.thread is not None:
        return threads_policy.may_report_post(viewer, subject.thread, subject.post)
    if subject.thread is not None:
        return threads_policy.may_report_thread(viewer, subject.thread)
    if not viewer.in_good_standing:
        return refused("Please sign in first.")
    return allowed_if(viewer.member_id != subject.member.id, "This is your own account.")


def may_moderate(viewer: Viewer) -> Verdict:
    return allowed_if(viewer.may_moderate, ONLY_MODERATORS)


def may_decide(viewer: Viewer, subject: Subject) -> Verdict:
    """A moderator, but never about oneself or about an administrator."""
    if not viewer.may_moderate:
        return refused(ONLY_MODERATORS)
    if subject.member.id == viewer.member_id:
        return refused("This concerns you. Another moderator has to decide it.")
    if subject.member.rank == Rank.ADMINISTRATOR:
        return refused("Moderators cannot decide about administrators.")
    return ALLOWED


def may_take(viewer: Viewer, subject: Subject, kind: DecisionKind) -> Verdict:
    """`may_decide`, and the decision fits what the subject is and the state it is in."""
    allowed = may_decide(viewer, subject)
    if not allowed:
        return allowed
    fits = kind in open_decisions(subject)
    return allowed_if(fits, "This decision does not fit any more. Please look once more.")


def open_decisions(subject: Subject) -> list[DecisionKind]:
    """What can be decided about this subject as it is now, in the order of the desk."""
    kinds = [DecisionKind.NO_ACTION]
    if subject.post is not None:
        kinds += _about_post(subject)
    elif subject.thread is not None:
        kinds += _about_visibility(subject.thread.hidden_at or subject.thread.removed_at)
    if subject.opens_thread:
        kinds += _about_thread(subject)
    return kinds + _about_person(subject)


def _about_post(subject: Subject) -> list[DecisionKind]:
    post = subject.post
    if post is None or post.deleted_at is not None:
        return []
    gone = post.hidden_at or post.removed_at
    return _about_visibility(gone) + ([] if gone else [DecisionKind.EDIT_OUT])


def _about_visibility(gone: object) -> list[DecisionKind]:
    return [DecisionKind.RESTORE] if gone else [DecisionKind.HIDE, DecisionKind.REMOVE]


def _about_thread(subject: Subject) -> list[DecisionKind]:
    thread = subject.thread
    if thread is None or thread.removed_at is not None:
        return []
    kinds = [
        DecisionKind.UNLOCK if thread.locked_at else DecisionKind.LOCK,
        DecisionKind.MOVE,
        DecisionKind.UNPIN if thread.pinned_at else DecisionKind.PIN,
    ]
    if thread.audience != Audience.CAREGIVERS:
        kinds.append(DecisionKind.NARROW)
    return kinds


def _about_person(subject: Subject) -> list[DecisionKind]:
    paused = subject.member.suspended_until is not None
    return [
        kind
        for kind in ABOUT_THE_PERSON
        if kind is not DecisionKind.LIFT or paused
    ]
