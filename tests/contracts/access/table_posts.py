"""Who may do what with one post, and with a text that is still being written."""

from __future__ import annotations

from forum.threads import policy
from tests.contracts.access.answers import (
    FOR_MEMBERS,
    OPEN,
    anybody,
    both,
    get,
    in_state,
    neither,
    of_others,
    one_of,
    own,
    post,
    unaware,
)
from tests.contracts.access.people import MODERATORS
from tests.contracts.access.thread_subjects import POSTS, THREADS, TOPICS

WORDS = {"body": "What I meant to say is this.", "why": "Clearer words"}

moderators = one_of(MODERATORS)
within_gone = in_state("within hidden", "within removed")
gone = in_state("hidden", "deleted", "removed")
own_just_deleted = both(own, in_state("deleted"), neither(in_state("past undoing")))

PLACES = (get("/posts/<post_id>", OPEN, (unaware, 404), (anybody, 302), subjects=POSTS),)

CHANGING = (
    *(
        call(
            "/posts/<post_id>/edit",
            FOR_MEMBERS,
            (unaware, 404),
            (of_others, 403),
            (within_gone, 403),
            (gone, 403),
            (anybody, status),
            subjects=POSTS,
            form=form,
            verdict=lambda viewer, rows: policy.may_edit_post(viewer, rows["thread"], rows["post"]),
        )
        for call, status, form in ((get, 200, {}), (post, 303, WORDS))
    ),
    get(
        "/posts/<post_id>/delete",
        FOR_MEMBERS,
        (own_just_deleted, 200),
        (unaware, 404),
        (of_others, 403),
        (within_gone, 403),
        (gone, 403),
        (anybody, 200),
        subjects=POSTS,
    ),
    post(
        "/posts/<post_id>/delete",
        FOR_MEMBERS,
        (unaware, 404),
        (of_others, 403),
        (within_gone, 403),
        (gone, 403),
        (anybody, 303),
        subjects=POSTS,
        verdict=lambda viewer, rows: policy.may_delete_post(viewer, rows["thread"], rows["post"]),
    ),
    post(
        "/posts/<post_id>/restore",
        FOR_MEMBERS,
        (own_just_deleted, 303),
        (unaware, 404),
        (anybody, 403),
        subjects=POSTS,
        verdict=lambda viewer, rows: policy.may_restore_own_post(
            viewer, rows["thread"], rows["post"]
        ),
    ),
    get(
        "/posts/<post_id>/history",
        FOR_MEMBERS,
        (unaware, 404),
        # What its author deleted is shown to nobody, not even to moderators.
        (in_state("deleted"), 403),
        (moderators, 200),
        (in_state("removed"), 403),
        (own, 200),
        (in_state("hidden"), 403),
        (in_state("just changed"), 200),
        (anybody, 403),
        subjects=POSTS,
        verdict=lambda viewer, rows: policy.may_see_revisions(viewer, rows["thread"], rows["post"]),
    ),
    post(
        "/posts/<post_id>/reactions",
        FOR_MEMBERS,
        (unaware, 404),
        (within_gone, 403),
        (gone, 403),
        (own, 403),
        (anybody, 303),
        subjects=POSTS,
        form={"kind": "with_you"},
        verdict=lambda viewer, rows: policy.may_react(viewer, rows["thread"], rows["post"]),
    ),
)

# A draft has a place where its writer could publish it, now or at another time.
DRAFTS = (
    *(
        post(
            "/drafts",
            FOR_MEMBERS,
            (unaware, 404),
            (anybody, 204),
            subjects=subjects,
            form={"place": "{place}", "body": "Not finished"},
        )
        for subjects in (TOPICS, THREADS)
    ),
    post(
        "/drafts",
        FOR_MEMBERS,
        (unaware, 404),
        (of_others, 404),
        (anybody, 204),
        subjects=POSTS,
        form={"place": "{place}", "body": "Not finished"},
    ),
    *(
        post(
            "/drafts/delete",
            FOR_MEMBERS,
            (anybody, 303),
            subjects=subjects,
            form={"place": "{place}"},
        )
        for subjects in (TOPICS, THREADS, POSTS)
    ),
    *(
        post(
            "/preview",
            FOR_MEMBERS,
            (anybody, 200),
            subjects=subjects,
            form={"place": "{place}", "body": "**Not** finished"},
        )
        for subjects in (TOPICS, THREADS, POSTS)
    ),
)

# A text may quote what its writer can read; of everything else it gives the bare link.
QUOTING = (
    post(
        "/preview",
        FOR_MEMBERS,
        (anybody, 200),
        subjects=POSTS,
        form={
            "place": "topic:welcome",
            "body": "> [Juniper wrote](/posts/{post_id}):\n> I was so tired.",
        },
        note="of a quote",
    ),
    get(
        "/threads/<thread_id>/reply",
        FOR_MEMBERS,
        (unaware, 404),
        (in_state("closed", "hidden", "removed"), 403),
        (anybody, 200),
        subjects=THREADS,
        query="?quote={opening_id}",
    ),
)

TABLE = (*PLACES, *CHANGING, *DRAFTS, *QUOTING)
