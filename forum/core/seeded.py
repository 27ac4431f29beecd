"""Content that ships with the project and that people may then change.

Beside each row stands the digest of what the project last wrote there. A row that still says
that may be renewed when its file changes; one that says something else was changed by a person,
and is left alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any


class Step(Enum):
    """What becomes of a row, and the words for several of them."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept as people changed them"


def digest(content: Mapping[str, Any]) -> str:
    """The same for the same content, in whatever order it stands."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def next_step(*, shipped: str, present: str, seeded: str) -> Step:
    """What to do with a row, by the digests of its file, of the row, and of the last seed."""
    if shipped in (present, seeded):
        return Step.UNCHANGED
    return Step.UPDATED if present == seeded else Step.KEPT


def report(what: str, steps: Mapping[str, Step]) -> list[str]:
    """Plain lines about `steps`, by name of the row: the counts, then each one that was kept."""
    counts = {step: sum(taken is step for taken in steps.values()) for step in Step}
    words = ", ".join(f"{count} {step.value}" for step, count in counts.items() if count)
    kept = [name for name, step in steps.items() if step is Step.KEPT]
    return [f"{what}: {words}.", *(f"  {name}: the project has a newer text." for name in kept)]


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value)
