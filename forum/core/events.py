"""News of what happened, told in the transaction in which it happened.

An event is a frozen dataclass named in the past tense that holds ids only. The table of who
listens stands in `forum/subscriptions.py`; rooms below never learn who is above them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Handler = Callable[[Any], None]

_handlers: dict[type, tuple[Handler, ...]] = {}


def subscribe(table: Mapping[type, Iterable[Handler]]) -> None:
    """Put `table` in force, in place of the one before."""
    _handlers.clear()
    _handlers.update({event: tuple(handlers) for event, handlers in table.items()})


def publish(event: object) -> None:
    """Call every handler of the event's type, in the table's order; errors travel on."""
    for handler in _handlers.get(type(event), ()):
        handler(event)
