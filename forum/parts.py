"""What stands around every request, in order.

Before a request these run from first to last, after it from last to first: the log line and
the transaction stand around everything that may refuse, and compression comes at the very end.
"""

from __future__ import annotations

from typing import Any

from forum import extensions
from forum.accounts import web as sign_in
from forum.core import access, assets, errors, headers, logs, rendering, transactions, web_session
from forum.jobs import worker

PARTS: tuple[Any, ...] = (
    extensions.db,
    extensions.cache,
    extensions.compress,
    logs,
    headers,
    transactions,
    web_session,
    sign_in,
    extensions.csrf,
    extensions.limiter,
    access,
    errors,
    rendering,
    assets,
    worker,
)
