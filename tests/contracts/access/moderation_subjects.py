"""Cases, decisions, and what a moderator may open a case about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.actions.deciding import decide
from forum.moderation.actions.measures import Measure
from forum.moderation.decisions import DecisionKind
from forum.moderation.models import Case, Decision, Report, ReportReason, SubjectKind
from forum.moderation.subjects import subject_of
from forum.threads.models import Post
from tests import cast
from tests.contracts.access.people import EVERYBODY, NOBODY, People, Person
from tests.contracts.access.subjects import NEVER_GIVEN, Rows, Subject, never_there, states


@dataclass(frozen=True)
class CaseSubject(Subject):
    """A case about a post of `about`, or about that person; `settled` when it was decided."""

    about: Person = Person.AUTHOR
    post: bool = False
    withheld: bool = False
    settled: bool = False


def _case(name: str, about: Person, *words: str, **more: bool) -> CaseSubject:
    own: People = frozenset({about})
    return CaseSubject(name, EVERYBODY, own, states(*words), about=about, **more)


CASES: tuple[Subject, ...] = (
    _case("a case about a post", Person.AUTHOR, post=True),
    _case("a case about a post without a name", Person.AUTHOR, post=True, withheld=True),
    _case("a case about a member", Person.MEMBER),
    _case("a settled case", Person.BLOCKED, "settled", settled=True),
    _case("a case about the moderator", Person.MODERATOR),
    _case("a case about the administrator", Person.ADMINISTRATOR, "above"),
    never_there("a case that never was"),
)


def _decision(about: Person) -> Subject:
    people: People = frozenset({about})
    return Subject(f"a decision about {about}", people, people)


TOLD = {person: _decision(person) for person in (Person.AUTHOR, Person.SUSPENDED)}
UNTOLD = Subject("a decision that nobody was told of", NOBODY)
NO_DECISION = never_there("a decision that never was")
DECISIONS = (*TOLD.values(), UNTOLD, NO_DECISION)


def moderation_rows(people: Mapping[Person, Member]) -> Rows:
    rows: Rows = {}
    for subject in CASES:
        if isinstance(subject, CaseSubject):
            rows[subject.name, None] = {"case_id": _make_case(people, subject).id}
    case = db.session.scalars(select(Case).where(Case.subject_kind == SubjectKind.POST)).first()
    assert case is not None
    moderator = people[Person.MODERATOR]
    for person, subject in TOLD.items():
        row = _make_decision(case, moderator, people[person], told=True)
        rows[subject.name, None] = {"decision_id": row.id}
    untold = _make_decision(case, moderator, people[Person.AUTHOR], told=False)
    rows[UNTOLD.name, None] = {"decision_id": untold.id}
    rows[NO_DECISION.name, None] = {"decision_id": NEVER_GIVEN}
    return rows


def _make_case(people: Mapping[Person, Member], subject: CaseSubject) -> Case:
    member, moment = people[subject.about], clock.now()
    post = _post_of(member, withheld=subject.withheld) if subject.post else None
    case = Case(
        subject_kind=SubjectKind.POST if post else SubjectKind.MEMBER,
        subject_id=post.id if post else member.id,
        thread_id=post.thread_id if post else None,
        member_id=member.id,
        reason=ReportReason.UNKIND,
        urgency=ReportReason.UNKIND.urgency,
        reports=1,
        opened_at=moment,
        version=1,
    )
    db.session.add(case)
    db.session.flush()
    report = Report(
        case_id=case.id,
        reporter_id=people[Person.CAREGIVER].id,
        reason=ReportReason.UNKIND,
        created_at=moment,
    )
    db.session.add(report)
    if subject.settled:
        _settle(cast.viewer_of(people[Person.ADMINISTRATOR]), case)
    return case


def _settle(actor: Viewer, case: Case) -> None:
    measure = Measure(DecisionKind.NO_ACTION)
    decide(actor, case, subject_of(case), measure=measure, reason="Within the rules.")


def _post_of(author: Member, *, withheld: bool) -> Post:
    """A reply by the author that everybody can still read."""
    wanted = select(Post).where(
        Post.author_id == author.id,
        Post.withheld.is_(withheld),
        Post.number > 1,
        Post.deleted_at.is_(None),
        Post.hidden_at.is_(None),
        Post.removed_at.is_(None),
    )
    found = db.session.scalars(wanted.order_by(Post.id)).first()
    assert found is not None
    return found


def _make_decision(case: Case, moderator: Member, member: Member, *, told: bool) -> Decision:
    decision = Decision(
        case_id=case.id,
        moderator_id=moderator.id,
        member_id=member.id,
        kind="warn",
        reason="Please be a little kinder.",
        told=told,
        created_at=clock.now(),
    )
    db.session.add(decision)
    db.session.flush()
    return decision
