"""The rooms that keep something about members; a test walks the schema for forgotten ones."""

from __future__ import annotations

from types import ModuleType

from forum.accounts import privacy as accounts
from forum.guide import privacy as guide
from forum.moderation import privacy as moderation
from forum.threads import privacy as threads

# Accounts last: others may need the name while they forget.
ROOMS: tuple[ModuleType, ...] = (guide, threads, moderation, accounts)
