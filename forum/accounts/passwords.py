"""Passwords: how strong one is, and the slow hash that is kept of it.

Hashing takes 19 MiB and some 20 ms: call `release_lock()` before it, so that nobody who wants
to write waits for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

SHORTEST, LONGEST = 8, 128
# zxcvbn's scale is 0 to 4; it refuses more than 72 characters, so that a long one is cut for it.
LOWEST_SCORE = 2
SCORED_CHARACTERS = 72
MOST_AT_ONCE = 4

# The parameters that OWASP names for argon2id: 19 MiB, two rounds, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Each hash takes its memory: more at once would let a crowd of sign-ins exhaust the machine.
_turns = BoundedSemaphore(MOST_AT_ONCE)
_nobodys_hash = _hasher.hash(secrets.token_hex())


def hash_password(password: str) -> str:
    """The argon2id hash to keep. Slow on purpose."""
    with _turns:
        return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; as slow for nobody's (None) as for a member's."""
    with _turns:
        try:
            _hasher.verify(password_hash or _nobodys_hash, password)
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def weakness(password: str, about_the_person: Iterable[str] = ()) -> str:
    """One sentence that says why the password is too easy to guess, or nothing."""
    if len(password) < SHORTEST:
        return f"Please use at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"Please use at most {LONGEST} characters."
    words = [word for word in about_the_person if word]
    score = zxcvbn(password[:SCORED_CHARACTERS], user_inputs=words)["score"]
    if score < LOWEST_SCORE:
        return (
            "This one is easy to guess. Three or four words that do not belong together work well."
        )
    return ""
