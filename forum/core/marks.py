"""Lasting facts about this installation, such as that its people are invented."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import clock
from forum.core.database import Base, UTCDateTime
from forum.extensions import cache, db

DEMO = "demo"
KEPT_S = 5


class SiteMark(Base):
    __tablename__ = "site_marks"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    set_at: Mapped[datetime] = mapped_column(UTCDateTime)


def set_mark(name: str) -> None:
    if db.session.get(SiteMark, name) is None:
        db.session.add(SiteMark(name=name, set_at=clock.now()))
        db.session.flush()
    cache.delete(_key(name))


def clear_mark(name: str) -> None:
    mark = db.session.get(SiteMark, name)
    if mark is not None:
        db.session.delete(mark)
        db.session.flush()
    cache.delete(_key(name))


def has_mark(name: str) -> bool:
    """Whether the mark is set, as of at most `KEPT_S` seconds ago: pages ask at every request."""
    kept = cache.get(_key(name))
    if kept is None:
        found = db.session.scalar(select(SiteMark.name).where(SiteMark.name == name))
        kept = "yes" if found else "no"
        cache.set(_key(name), kept, timeout=KEPT_S)
    return bool(kept == "yes")


def _key(name: str) -> str:
    return f"mark:{name}"
