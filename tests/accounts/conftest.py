"""Fixtures for accounts alone."""

from __future__ import annotations

import pytest

from forum.accounts import passwords


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lists the slow work that passwords cause: "hash" or "verify" for each time."""
    done: list[str] = []

    def counted(name: str, work: object) -> object:
        def run(*args: object) -> object:
            done.append(name)
            return work(*args)  # type: ignore[operator]

        return run

    monkeypatch.setattr(passwords, "hash_password", counted("hash", passwords.hash_password))
    monkeypatch.setattr(passwords, "matches", counted("verify", passwords.matches))
    return done
