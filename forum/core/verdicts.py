"""Answers of the rules: allowed, not now (with a sentence), or not yours to know of."""

from __future__ import annotations

from dataclasses import dataclass


class Unknown(LookupError):
    """The subject does not exist for this viewer: 404, the same for missing and hidden."""


class Refused(PermissionError):
    """Known, but not now: 403 with one kind sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed; otherwise `reason` is a sentence for the person, or empty if hidden."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def hidden(self) -> bool:
        return not self.allowed and not self.reason


ALLOWED = Verdict(True)
HIDDEN = Verdict(False)


def refused(reason: str) -> Verdict:
    return Verdict(False, reason)


def allowed_if(condition: bool, reason: str) -> Verdict:
    return ALLOWED if condition else refused(reason)


def require(verdict: Verdict) -> None:
    """Raise `Unknown` or `Refused` unless allowed. The first statement of every verb."""
    if verdict.hidden:
        raise Unknown
    if not verdict:
        raise Refused(verdict.reason)
