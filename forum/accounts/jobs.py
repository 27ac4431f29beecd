"""What the clock does to accounts: what has run out is forgotten."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from forum.accounts.models import FailedSignIn, JoinRequest, KnownNetwork, MailedToken, SignIn
from forum.core import clock
from forum.extensions import db

FAILURES_KEPT = timedelta(days=1)
NETWORKS_KEPT = timedelta(days=180)


def forget_what_ran_out() -> None:
    """Delete old requests to join, links, sessions, failed sign-ins and networks."""
    moment = clock.now()
    for statement in (
        delete(JoinRequest).where(JoinRequest.expires_at <= moment),
        delete(MailedToken).where(MailedToken.expires_at <= moment),
        delete(SignIn).where(SignIn.expires_at <= moment),
        delete(FailedSignIn).where(FailedSignIn.at <= moment - FAILURES_KEPT),
        delete(KnownNetwork).where(KnownNetwork.last_used_at <= moment - NETWORKS_KEPT),
    ):
        db.session.execute(statement)
