"""How Alembic meets our database; run through `forum db`."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.schema import SchemaItem

from forum.core.database import Base, UTCDateTime, Words
from forum.extensions import db
from forum.schema import import_models

import_models()
config = context.config


def ours(item: SchemaItem, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Leave tables alone that no model describes: a search index is made by hand."""
    return not (kind == "table" and reflected and other is None)


def plainly(kind: str, item: Any, autogen: Any) -> str | bool:
    """Write our own column types as the database sees them: a migration outlives our modules."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Words):
        return f"sa.String(length={item.impl.length})"
    return False


def run_offline() -> None:
    context.configure(
        url=str(db.engine.url.render_as_string(hide_password=False)),
        target_metadata=Base.metadata,
        literal_binds=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=ours,
            render_item=plainly,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
