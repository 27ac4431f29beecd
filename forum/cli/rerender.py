"""Drawing stored texts anew after the renderer has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import click
from flask.cli import with_appcontext
from sqlalchemy import ColumnElement, func, select
from tqdm import tqdm

from forum.accounts import drawing as account_drawing
from forum.core.markup import RENDERER_VERSION
from forum.extensions import db
from forum.guide import drawing as guide_drawing
from forum.guide.models import GuidePart
from forum.threads.actions import redrawing
from forum.threads.models import Post
from forum.topics import drawing as topic_drawing
from forum.topics.models import Topic

BATCH = 500


class Renewal(NamedTuple):
    """A kind of text: which rows an older renderer drew, and who draws a batch of them anew."""

    name: str
    outdated: ColumnElement[bool]
    redraw: Callable[[int], int]


RENEWALS = (
    Renewal(
        "parts of the guide",
        GuidePart.markup_version < RENDERER_VERSION,
        guide_drawing.rerender_batch,
    ),
    Renewal("topics", Topic.markup_version < RENDERER_VERSION, topic_drawing.rerender_batch),
    Renewal("profiles", account_drawing.outdated(), account_drawing.rerender_batch),
    Renewal("posts", Post.markup_version < RENDERER_VERSION, redrawing.rerender_batch),
)


@click.command("rerender")
@with_appcontext
def rerender() -> None:
    """Draw every stored text anew that an older renderer drew.

    May be stopped at any moment and started again: each batch is kept as it is done.
    """
    for renewal in RENEWALS:
        _renew(renewal)


def _renew(renewal: Renewal) -> None:
    total = db.session.scalar(select(func.count()).where(renewal.outdated)) or 0
    db.session.rollback()
    with tqdm(total=total, desc=renewal.name, unit="") as bar:
        while (done := renewal.redraw(BATCH)) > 0:
            db.session.commit()
            bar.update(done)
