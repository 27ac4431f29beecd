"""Who may join, sign in, see whom, and change what of themselves."""

from __future__ import annotations

from forum.accounts import policy
from forum.core.content_notes import ContentNote
from tests import cast
from tests.contracts.access.account_subjects import (
    ADDRESS_LINKS,
    JOIN_LINKS,
    PROFILES,
    RESET_LINKS,
    SESSIONS,
)
from tests.contracts.access.answers import (
    FOR_ADMINISTRATORS,
    FOR_MEMBERS,
    FOR_SIGNED_IN,
    OPEN,
    anybody,
    get,
    in_state,
    own,
    post,
    unaware,
    visitor,
)
from tests.contracts.access.people import NAMES, Person

NEW_PASSWORD = "four green boats under lamps"
JOINING = {
    "username": "Otter_pond",
    "email": "otter@mail.example",
    "password": NEW_PASSWORD,
    "relation": ["patient", "caregiver"],
    "adult": "y",
    "consent": "y",
}
SIGNING_IN = {"login": NAMES[Person.MEMBER], "password": cast.PASSWORD}
DISPLAY = {"theme": "dark", "text_size": "115", "time_zone": "Europe/Vienna"} | {
    f"note_{note.value}": "fold" for note in ContentNote
}
PRESENT = {"current_password": cast.PASSWORD}

ENTERING = (
    get("/join", OPEN, (visitor, 200), (anybody, 302)),
    post(
        "/join",
        OPEN,
        (visitor, 303),
        (anybody, 403),
        form=JOINING,
        verdict=lambda viewer, rows: policy.may_join(viewer),
    ),
    get("/join/sent/<key>", OPEN, (unaware, 404), (anybody, 200), subjects=JOIN_LINKS),
    get("/join/letter/<key>", OPEN, (unaware, 404), (anybody, 200), subjects=JOIN_LINKS),
    get("/confirm/<token>", OPEN, (unaware, 404), (anybody, 200), subjects=JOIN_LINKS),
    post("/confirm/<token>", OPEN, (unaware, 404), (anybody, 303), subjects=JOIN_LINKS),
    get("/sign-in", OPEN, (visitor, 200), (anybody, 302)),
    post("/sign-in", OPEN, (anybody, 303), form=SIGNING_IN),
    post(
        "/sign-in",
        OPEN,
        (anybody, 422),
        form={**SIGNING_IN, "password": "not this one"},
        note="with a wrong password",
    ),
    get("/sign-out", OPEN, (anybody, 200)),
    post("/sign-out", OPEN, (anybody, 303)),
    get("/forgot-password", OPEN, (anybody, 200)),
    post("/forgot-password", OPEN, (anybody, 303), form={"email": "maple@mail.example"}),
    get("/forgot-password/sent", OPEN, (anybody, 200)),
    get("/reset-password/<token>", OPEN, (unaware, 404), (anybody, 200), subjects=RESET_LINKS),
    post(
        "/reset-password/<token>",
        OPEN,
        (unaware, 404),
        (anybody, 303),
        subjects=RESET_LINKS,
        form={"password": NEW_PASSWORD},
    ),
    get("/confirm-address/<token>", OPEN, (unaware, 404), (anybody, 200), subjects=ADDRESS_LINKS),
    post("/confirm-address/<token>", OPEN, (unaware, 404), (anybody, 303), subjects=ADDRESS_LINKS),
)

MEMBERS = (
    get(
        "/members/<username>",
        FOR_MEMBERS,
        (unaware, 404),
        (in_state("former"), 302),
        (anybody, 200),
        subjects=PROFILES,
        verdict=lambda viewer, rows: policy.may_see_profile(viewer, rows["member"]),
    ),
    post(
        "/members/<username>/block",
        FOR_MEMBERS,
        (unaware, 404),
        (in_state("former"), 404),
        (own, 403),
        (in_state("moderates", "system"), 403),
        (anybody, 303),
        subjects=PROFILES,
        verdict=lambda viewer, rows: policy.may_block(viewer, rows["member"]),
    ),
    post(
        "/members/<username>/unblock",
        FOR_MEMBERS,
        (unaware, 404),
        (in_state("former"), 404),
        (anybody, 303),
        subjects=PROFILES,
    ),
    post(
        "/members/<username>/rank",
        FOR_ADMINISTRATORS,
        (unaware, 404),
        (in_state("former"), 404),
        (own, 403),
        (in_state("system"), 403),
        (anybody, 303),
        subjects=PROFILES,
        form={"rank": "welcomer", "reason": "Answers newcomers kindly"},
        verdict=lambda viewer, rows: policy.may_give_rank(viewer, rows["member"]),
    ),
)

SETTINGS = (
    *(
        get(path, FOR_SIGNED_IN, (anybody, 200))
        for path in ("/settings", "/settings/account", "/settings/sessions")
    ),
    *(get(path, FOR_MEMBERS, (anybody, 200)) for path in ("/settings/blocks", "/settings/profile")),
    post(
        "/settings/profile",
        FOR_MEMBERS,
        (anybody, 303),
        form={"relation": ["family"], "about": "I knit."},
        verdict=lambda viewer, rows: policy.may_edit_profile(viewer),
    ),
    get("/settings/display", OPEN, (anybody, 200)),
    post("/settings/display", OPEN, (anybody, 303), form=DISPLAY),
    post(
        "/settings/account/username",
        FOR_MEMBERS,
        (anybody, 303),
        form={**PRESENT, "username": "Otter_pond"},
    ),
    post(
        "/settings/account/email",
        FOR_SIGNED_IN,
        (anybody, 303),
        form={**PRESENT, "email": "otter@mail.example"},
    ),
    post(
        "/settings/account/password",
        FOR_SIGNED_IN,
        (anybody, 303),
        form={**PRESENT, "new_password": NEW_PASSWORD},
        verdict=lambda viewer, rows: policy.may_change_settings(viewer),
    ),
    post(
        "/settings/sessions/<session_id>/end",
        FOR_SIGNED_IN,
        (unaware, 404),
        (anybody, 303),
        subjects=SESSIONS,
    ),
    post("/settings/sessions/end-others", FOR_SIGNED_IN, (anybody, 303)),
)

TABLE = (*ENTERING, *MEMBERS, *SETTINGS)
