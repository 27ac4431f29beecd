"""Who reads the guide, who keeps a place in it, and who changes it."""

from __future__ import annotations

from forum.guide import policy
from tests.contracts.access.answers import (
    FOR_EDITORS,
    FOR_MEMBERS,
    OPEN,
    anybody,
    get,
    in_state,
    post,
    unaware,
)
from tests.contracts.access.guide_subjects import PARTS, VERSIONS

AN_EDITION = {
    "base_revision": "{number}",
    "title": "If the news upsets you",
    "summary": "What helps on the first days.",
    "body": "Take your time.",
    "checked_on": "2025-06-01",
    "note": "Plainer words",
}

READING = (
    get("/guide", OPEN, (anybody, 200)),
    get("/guide/print", OPEN, (anybody, 200)),
    get("/guide/<slug>", OPEN, (unaware, 404), (anybody, 200), subjects=PARTS),
    post(
        "/guide/<slug>/place",
        FOR_MEMBERS,
        (unaware, 404),
        (anybody, 204),
        subjects=PARTS,
        verdict=lambda viewer, rows: policy.may_keep_place(viewer),
    ),
)

EDITING = (
    get("/guide/<slug>/edit", FOR_EDITORS, (unaware, 404), (anybody, 200), subjects=PARTS),
    post(
        "/guide/<slug>/edit",
        FOR_EDITORS,
        (unaware, 404),
        (anybody, 303),
        subjects=PARTS,
        form=AN_EDITION,
        verdict=lambda viewer, rows: policy.may_edit_guide(viewer),
    ),
    post(
        "/guide/<slug>/edit",
        FOR_EDITORS,
        (unaware, 404),
        (anybody, 422),
        subjects=PARTS,
        form={**AN_EDITION, "base_revision": "0"},
        note="after somebody else",
    ),
    post(
        "/guide/<slug>/edit",
        FOR_EDITORS,
        (unaware, 404),
        (anybody, 200),
        subjects=PARTS,
        form={**AN_EDITION, "preview": "1"},
        note="as a preview",
    ),
    post("/guide/preview", FOR_EDITORS, (anybody, 200), form={"body": "Take **your** time."}),
    get("/guide/<slug>/history", FOR_EDITORS, (unaware, 404), (anybody, 200), subjects=PARTS),
    get(
        "/guide/<slug>/history/<number>",
        FOR_EDITORS,
        (unaware, 404),
        (anybody, 200),
        subjects=VERSIONS,
        verdict=lambda viewer, rows: policy.may_see_history(viewer),
    ),
    post(
        "/guide/<slug>/history/<number>/restore",
        FOR_EDITORS,
        (unaware, 404),
        (in_state("present"), 403),
        (anybody, 303),
        subjects=VERSIONS,
    ),
)

TABLE = (*READING, *EDITING)
