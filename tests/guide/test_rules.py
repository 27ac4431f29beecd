"""Who may do what with the guide."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from forum.core import clock
from forum.core.verdicts import Verdict
from forum.core.viewer import ANONYMOUS, Rank, Viewer
from forum.guide.policy import may_edit_guide, may_keep_place, may_see_history

MEMBER = Viewer(member_id=1)
WELCOMER = Viewer(member_id=1, rank=Rank.WELCOMER)
EDITOR = Viewer(member_id=1, rank=Rank.EDITOR)
MODERATOR = Viewer(member_id=1, rank=Rank.MODERATOR)
ADMINISTRATOR = Viewer(member_id=1, rank=Rank.ADMINISTRATOR)
SUSPENDED_EDITOR = Viewer(member_id=1, rank=Rank.EDITOR, suspended_until=clock.now())

CASES = (
    (ANONYMOUS, False, False),
    (MEMBER, False, True),
    (WELCOMER, False, True),
    (EDITOR, True, True),
    (MODERATOR, True, True),
    (ADMINISTRATOR, True, True),
    (SUSPENDED_EDITOR, False, False),
)


@pytest.mark.parametrize(("viewer", "edits", "keeps_a_place"), CASES)
def test_the_rules_of_the_guide(viewer: Viewer, edits: bool, keeps_a_place: bool) -> None:
    assert bool(may_edit_guide(viewer)) is edits
    assert bool(may_see_history(viewer)) is edits
    assert bool(may_keep_place(viewer)) is keeps_a_place


@pytest.mark.parametrize("rule", [may_edit_guide, may_see_history, may_keep_place])
def test_every_refusal_has_its_sentence(rule: Callable[[Viewer], Verdict]) -> None:
    assert rule(ANONYMOUS).reason.endswith(".")
