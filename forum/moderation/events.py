"""What this room tells others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """A subject was reported for the first time, or again after it had been settled."""

    case_id: int


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A case was settled."""

    decision_id: int
