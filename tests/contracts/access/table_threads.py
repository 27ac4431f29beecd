"""Who may do what with topics, conversations and posts."""

from __future__ import annotations

from forum.threads import policy
from forum.topics.models import Audience
from forum.topics.policy import may_see_topic
from tests.contracts.access.answers import (
    FOR_MEMBERS,
    OPEN,
    anybody,
    get,
    in_state,
    neither,
    none_of,
    one_of,
    own,
    post,
    suspended,
    unaware,
    visitor,
)
from tests.contracts.access.people import CARING, MODERATORS
from tests.contracts.access.thread_subjects import THREADS, TOPICS

KEY = "0123456789abcdef0123456789abcdef"
WORDS = {"body": "I have been there too.", "form_key": KEY}
A_THREAD = {**WORDS, "title": "What helped us sleep", "audience": "{widest}"}

moderators = one_of(MODERATORS)

LISTS = (
    get("/topics", OPEN, (anybody, 200)),
    get(
        "/topics/<slug>",
        OPEN,
        (unaware, 404),
        (anybody, 200),
        subjects=TOPICS,
        verdict=lambda viewer, rows: may_see_topic(viewer, rows["topic"]),
    ),
    get("/threads", OPEN, (anybody, 200)),
    get("/threads", OPEN, (anybody, 200), query="?view=waiting"),
    get("/threads", OPEN, (visitor, 302), (suspended, 403), (anybody, 200), query="?view=followed"),
    get(
        "/threads",
        OPEN,
        (visitor, 302),
        (suspended, 403),
        (none_of(CARING), 404),
        (anybody, 200),
        query="?view=caregivers",
    ),
    get("/threads", OPEN, (anybody, 404), query="?view=nonsense"),
    get("/threads", OPEN, (anybody, 404), query="?page=99"),
)

STARTING = (
    get("/topics/<slug>/new", FOR_MEMBERS, (unaware, 404), (anybody, 200), subjects=TOPICS),
    post(
        "/topics/<slug>/new",
        FOR_MEMBERS,
        (unaware, 404),
        (anybody, 303),
        subjects=TOPICS,
        form=A_THREAD,
        verdict=lambda viewer, rows: policy.may_start_thread(
            viewer, rows["topic"], Audience(rows["topic"].widest_audience)
        ),
    ),
    post(
        "/topics/<slug>/new",
        FOR_MEMBERS,
        (unaware, 404),
        (in_state("narrow"), 422),
        (anybody, 303),
        subjects=TOPICS,
        form={**A_THREAD, "audience": "everyone"},
        note="for everyone",
    ),
    post(
        "/topics/<slug>/new",
        FOR_MEMBERS,
        (unaware, 404),
        (none_of(CARING), 422),
        (anybody, 303),
        subjects=TOPICS,
        form={**A_THREAD, "audience": "caregivers"},
        note="for caregivers only",
    ),
    post(
        "/topics/<slug>/new",
        FOR_MEMBERS,
        (unaware, 404),
        (anybody, 200),
        subjects=TOPICS,
        form={**A_THREAD, "preview": "1"},
        note="as a preview",
    ),
)

CONVERSATIONS = (
    *(
        get(rule, OPEN, (unaware, 404), (anybody, 301), subjects=THREADS)
        for rule in ("/threads/<thread_id>", "/threads/<thread_id>-")
    ),
    get(
        "/threads/<thread_id>-<slug>",
        OPEN,
        (unaware, 404),
        (anybody, 200),
        subjects=THREADS,
        verdict=lambda viewer, rows: policy.may_see_thread(viewer, rows["thread"]),
    ),
    get(
        "/threads/<thread_id>-<slug>",
        OPEN,
        (unaware, 404),
        (anybody, 302),
        subjects=THREADS,
        query="?unread=1",
    ),
    get(
        "/threads/<thread_id>-<slug>",
        OPEN,
        (anybody, 404),
        subjects=THREADS,
        query="?page=99",
    ),
    post(
        "/threads/<thread_id>/read",
        FOR_MEMBERS,
        (unaware, 404),
        (anybody, 204),
        subjects=THREADS,
        form={"number": "1"},
        verdict=lambda viewer, rows: policy.may_mark_read(viewer, rows["thread"]),
    ),
    get(
        "/threads/<thread_id>/reply",
        FOR_MEMBERS,
        (unaware, 404),
        (in_state("closed", "hidden", "removed"), 403),
        (anybody, 200),
        subjects=THREADS,
    ),
    post(
        "/threads/<thread_id>/reply",
        FOR_MEMBERS,
        (unaware, 404),
        (in_state("closed", "hidden", "removed"), 403),
        (anybody, 303),
        subjects=THREADS,
        form=WORDS,
        verdict=lambda viewer, rows: policy.may_reply(viewer, rows["thread"]),
    ),
    post(
        "/threads/<thread_id>/reply",
        FOR_MEMBERS,
        (unaware, 404),
        (in_state("closed", "hidden", "removed"), 403),
        (anybody, 200),
        subjects=THREADS,
        form={**WORDS, "preview": "1"},
        note="as a preview",
    ),
    *(
        call(
            "/threads/<thread_id>/audience",
            FOR_MEMBERS,
            (unaware, 404),
            (in_state("hidden", "removed"), 403),
            (neither(own, moderators), 403),
            (in_state("narrowest"), 403),
            (anybody, status),
            subjects=THREADS,
            form=form,
            verdict=lambda viewer, rows: policy.may_narrow(
                viewer, rows["thread"], Audience.CAREGIVERS
            ),
        )
        for call, status, form in ((get, 200, {}), (post, 303, {"audience": "caregivers"}))
    ),
)

TABLE = (*LISTS, *STARTING, *CONVERSATIONS)
