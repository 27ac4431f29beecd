"""Random tokens for cookies and letters: others hold the token, the database only its hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_token() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(key: str, text: str) -> str:
    """A hash of something guessable (a login, a network) that tells nothing without the key."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
