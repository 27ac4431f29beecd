"""Who takes their data along, and who leaves."""

from __future__ import annotations

from forum.privacy import policy
from tests import cast
from tests.contracts.access.answers import FOR_SIGNED_IN, OPEN, anybody, get, one_of, post
from tests.contracts.access.people import ADMINISTRATORS

LEAVING = {"words": "take", "current_password": cast.PASSWORD}

TABLE = (
    get("/goodbye", OPEN, (anybody, 200)),
    get("/settings/data", FOR_SIGNED_IN, (anybody, 200)),
    get(
        "/settings/data/download",
        FOR_SIGNED_IN,
        (anybody, 200),
        verdict=lambda viewer, rows: policy.may_take_data(viewer),
    ),
    post(
        "/settings/data/leave",
        FOR_SIGNED_IN,
        # An administrator hands the rank over first.
        (one_of(ADMINISTRATORS), 403),
        (anybody, 303),
        form=LEAVING,
        verdict=lambda viewer, rows: policy.may_leave(viewer),
    ),
)
