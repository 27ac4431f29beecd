"""What people do at the desk, by HTTP, and the rows that come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Member
from forum.audit.models import AuditEntry
from forum.extensions import db
from forum.moderation.actions.reporting import open_case
from forum.moderation.models import Case, Decision, Report, SubjectKind
from forum.moderation.subjects import find_subject
from forum.threads.models import Post, Thread
from tests import cast
from tests.threads.page import Page

REASON = "Please say how it was for you, and leave out the name."


def address_of(subject: Post | Thread | Member) -> str:
    """Where a subject is reported, without the last word."""
    if isinstance(subject, Member):
        return f"/members/{subject.username}"
    return f"/posts/{subject.id}" if isinstance(subject, Post) else f"/threads/{subject.id}"


def kind_of(subject: Post | Thread | Member) -> SubjectKind:
    kinds = {Post: SubjectKind.POST, Thread: SubjectKind.THREAD, Member: SubjectKind.MEMBER}
    return kinds[type(subject)]


def report(
    browser: cast.Browser,
    subject: Post | Thread | Member,
    reason: str = "other",
    details: str = "",
) -> Case:
    """Report a subject, as its form does; its case."""
    sent = {"reason": reason, "details": details}
    answer = cast.form_post(browser, f"{address_of(subject)}/report", sent)
    assert answer.status_code == 303, answer.text
    return case_of(subject)


def case_of(subject: Post | Thread | Member) -> Case:
    db.session.expire_all()
    wanted = select(Case).where(
        Case.subject_kind == kind_of(subject), Case.subject_id == subject.id
    )
    return db.session.scalars(wanted).one()


def take_up(moderator: Member, subject: Post | Thread | Member) -> Case:
    """A case that a moderator opened without a report, straight into the tables."""
    found = find_subject(kind_of(subject), subject.id)
    case = open_case(cast.viewer_of(moderator), found)
    db.session.commit()
    return case


def decide(
    browser: cast.Browser, case: Case, decision: str, reason: str = REASON, **more: str
) -> Any:
    """Send the case's form; without `version`, as a program does that never read the page."""
    sent = {"decision": decision, "reason": reason, **more}
    return cast.form_post(browser, f"/moderation/cases/{case.id}", sent)


def decided(browser: cast.Browser, case: Case, decision: str, **more: str) -> Decision:
    """Decide, and the decision that came of it."""
    answer = decide(browser, case, decision, **more)
    assert (answer.status_code, answer.location) == (303, "/moderation"), answer.text
    return newest_decision()


def open_page(browser: cast.Browser, case: Case) -> Page:
    answer = browser.get(f"/moderation/cases/{case.id}")
    assert answer.status_code == 200, answer.text
    return Page(answer)


def hidden_fields(page: Page) -> dict[str, str]:
    """What the decision's form sends along without being seen."""
    inputs = page.within("decide").iter("input")
    hidden = [each for each in inputs if each.get("type") == "hidden"]
    return {each.get("name", ""): each.get("value", "") for each in hidden}


def offered(page: Page) -> list[str]:
    """The decisions that a case's page offers, in their order."""
    inputs = page.within("decide").iter("input")
    return [each.get("value", "") for each in inputs if each.get("name") == "decision"]


def answer_word(
    browser: cast.Browser, decision: Decision, words: str = "I see it otherwise."
) -> Any:
    """Answer a decision as the person concerned."""
    return cast.form_post(browser, f"/settings/decisions/{decision.id}/answer", {"details": words})


def newest_decision() -> Decision:
    db.session.expire_all()
    return db.session.scalars(select(Decision).order_by(Decision.id.desc()).limit(1)).one()


def rows(table: type[Any]) -> list[Any]:
    db.session.expire_all()
    return list(db.session.scalars(select(table).order_by(table.id)))


def entries() -> list[AuditEntry]:
    """What the record says of cases, oldest first."""
    return [entry for entry in rows(AuditEntry) if entry.action.startswith("case.")]


def reports() -> list[Report]:
    return rows(Report)


def all_at_once(deeds: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run the deeds in threads that start together; each result in the order of the deeds."""
    cast.settle()
    waiting = list(deeds)
    gate = Barrier(len(waiting))

    def run(deed: Callable[[], Any]) -> Any:
        gate.wait()
        return deed()

    with ThreadPoolExecutor(len(waiting)) as pool:
        return list(pool.map(run, waiting))
