"""Signing in and out."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from forum.accounts import policy, sessions, throttle
from forum.accounts.models import KnownNetwork, Member, SignIn
from forum.core import clock
from forum.core.verdicts import Unknown, require
from forum.core.viewer import Viewer
from forum.extensions import db

USUAL_THEME, USUAL_SIZE = "system", 100


def sign_in(
    actor: Viewer,
    member_id: int,
    *,
    device: str,
    login_hash: str,
    network_hash: str,
    present_token: str = "",
    theme: str = USUAL_THEME,
    text_size: int = USUAL_SIZE,
) -> str:
    """Begin a session of a member whose password was right; returns its token, always a new one.

    The browser's session before it ends, whoever's it was. `theme` and `text_size` (percent) are
    what this reader chose as a visitor: kept for whoever never chose otherwise on the account.
    """
    require(policy.may_sign_in(actor))
    if present_token:
        sessions.close_session(present_token)
    throttle.forgive(login_hash, network_hash)
    _remember_network(member_id, network_hash)
    _keep_display(member_id, theme, text_size)
    return sessions.open_session(member_id, device=device)


def sign_out(actor: Viewer, token: str) -> None:
    """End the session of this token; nothing happens when it has ended before."""
    require(policy.may_sign_out(actor))
    sessions.close_session(token)


def end_session(actor: Viewer, session_id: int) -> None:
    """End one of the actor's own sessions. Raises `Unknown` for any other."""
    session = db.session.get(SignIn, session_id)
    if session is None:
        raise Unknown
    require(policy.may_end_session(actor, session))
    db.session.delete(session)
    db.session.flush()


def end_other_sessions(actor: Viewer) -> None:
    """End every session of the actor but the present one."""
    require(policy.may_change_settings(actor))
    sessions.close_sessions_of(actor.member_id, but=actor.session_id)


def _keep_display(member_id: int, theme: str, text_size: int) -> None:
    if (theme, text_size) == (USUAL_THEME, USUAL_SIZE):
        return
    never_chose = (Member.theme == USUAL_THEME) & (Member.text_size == USUAL_SIZE)
    chosen = update(Member).where(Member.id == member_id, never_chose)
    db.session.execute(chosen.values(theme=theme, text_size=text_size))


def _remember_network(member_id: int, network_hash: str) -> None:
    seen = db.session.execute(
        update(KnownNetwork)
        .where(KnownNetwork.member_id == member_id, KnownNetwork.network_hash == network_hash)
        .values(last_used_at=clock.now())
    )
    if seen.rowcount:  # type: ignore[attr-defined]
        return
    try:
        with db.session.begin_nested():
            db.session.add(
                KnownNetwork(
                    member_id=member_id, network_hash=network_hash, last_used_at=clock.now()
                )
            )
    except IntegrityError:
        # Signed in twice at one instant; the other request has kept it.
        return
