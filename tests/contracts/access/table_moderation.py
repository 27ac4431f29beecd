"""Who reports what, who settles it, and who is told."""

from __future__ import annotations

from forum.moderation import policy
from tests.contracts.access.account_subjects import PROFILES
from tests.contracts.access.answers import (
    FOR_MEMBERS,
    FOR_MODERATORS,
    FOR_SIGNED_IN,
    anybody,
    both,
    get,
    in_state,
    one_of,
    own,
    post,
    unaware,
)
from tests.contracts.access.moderation_subjects import CASES, DECISIONS
from tests.contracts.access.people import MODERATORS, Person
from tests.contracts.access.thread_subjects import POSTS, THREADS

A_REPORT = {"reason": "unkind", "details": "It made me feel small."}
A_DECISION = {"decision": "no_action", "reason": "Rude, but within the rules."}

moderators = one_of(MODERATORS)
# Moderators do not decide about administrators; another administrator may.
above = both(in_state("above"), one_of(frozenset({Person.MODERATOR})))

REPORTING = (
    *(
        call(
            "/threads/<thread_id>/report",
            FOR_MEMBERS,
            (unaware, 404),
            (own, 403),
            (anybody, status),
            subjects=THREADS,
            form=form,
            verdict=lambda viewer, rows: policy.may_report(viewer, rows["subject"]),
        )
        for call, status, form in ((get, 200, {}), (post, 303, A_REPORT))
    ),
    *(
        call(
            "/posts/<post_id>/report",
            FOR_MEMBERS,
            (unaware, 404),
            (own, 403),
            (in_state("deleted"), 403),
            (moderators, status),
            (in_state("hidden", "removed"), 403),
            (anybody, status),
            subjects=POSTS,
            form=form,
            verdict=lambda viewer, rows: policy.may_report(viewer, rows["subject"]),
        )
        for call, status, form in ((get, 200, {}), (post, 303, A_REPORT))
    ),
    *(
        call(
            "/members/<username>/report",
            FOR_MEMBERS,
            (unaware, 404),
            (in_state("former"), 404),
            (own, 403),
            (anybody, status),
            subjects=PROFILES,
            form=form,
            verdict=lambda viewer, rows: policy.may_report(viewer, rows["subject"]),
        )
        for call, status, form in ((get, 200, {}), (post, 303, A_REPORT))
    ),
    get("/reported", FOR_MEMBERS, (anybody, 200), query="?about=worried&next=/threads"),
)

DESK = (
    get("/moderation", FOR_MODERATORS, (anybody, 200)),
    get("/moderation", FOR_MODERATORS, (anybody, 200), query="?state=settled"),
    get("/moderation/log", FOR_MODERATORS, (anybody, 200)),
    *(
        call(
            "/moderation/open/<kind>/<subject>",
            FOR_MODERATORS,
            (unaware, 404),
            (in_state("former"), 404),
            (own, 403),
            (anybody, status),
            subjects=subjects,
            verdict=lambda viewer, rows: policy.may_handle(viewer, rows["subject"]),
            note=note,
        )
        for call, status in ((get, 200), (post, 303))
        for note, subjects in (
            ("of a conversation", THREADS),
            ("of a post", POSTS),
            ("of a member", PROFILES),
        )
    ),
)

A_CASE = (
    get(
        "/moderation/cases/<case_id>",
        FOR_MODERATORS,
        (unaware, 404),
        (own, 403),
        (anybody, 200),
        subjects=CASES,
    ),
    post(
        "/moderation/cases/<case_id>",
        FOR_MODERATORS,
        (unaware, 404),
        (own, 403),
        (above, 403),
        (anybody, 303),
        subjects=CASES,
        form=A_DECISION,
        note="to decide",
    ),
    post(
        "/moderation/cases/<case_id>",
        FOR_MODERATORS,
        (unaware, 404),
        (own, 403),
        (above, 403),
        (anybody, 303),
        subjects=CASES,
        form={"decision": "suspend", "reason": "Please rest.", "until": "{tomorrow}"},
        note="to pause the account",
    ),
    post(
        "/moderation/cases/<case_id>",
        FOR_MODERATORS,
        (unaware, 404),
        (own, 403),
        (anybody, 422),
        subjects=CASES,
        form={**A_DECISION, "version": "99"},
        note="after somebody else",
    ),
    post(
        "/moderation/cases/<case_id>",
        FOR_MODERATORS,
        (unaware, 404),
        (own, 403),
        (anybody, 303),
        subjects=CASES,
        form={"note": "Known from before."},
        note="to leave a note",
    ),
    post(
        "/moderation/cases/<case_id>/claim",
        FOR_MODERATORS,
        (unaware, 404),
        (own, 403),
        (in_state("settled"), 403),
        (anybody, 303),
        subjects=CASES,
    ),
    post(
        "/moderation/cases/<case_id>/release",
        FOR_MODERATORS,
        (unaware, 404),
        (own, 403),
        (anybody, 303),
        subjects=CASES,
    ),
)

WORDS = (
    get("/settings/decisions", FOR_SIGNED_IN, (anybody, 200)),
    post("/settings/decisions/seen", FOR_SIGNED_IN, (anybody, 303), form={"up_to": "99"}),
    post(
        "/settings/decisions/<decision_id>/answer",
        FOR_SIGNED_IN,
        (unaware, 404),
        (anybody, 303),
        subjects=DECISIONS,
        form={"details": "It was meant as a joke."},
        verdict=lambda viewer, rows: policy.may_answer(viewer, rows["decision"], answered=False),
    ),
)

TABLE = (*REPORTING, *DESK, *A_CASE, *WORDS)
