"""The kinds of decision, in the words of the desk and in those of the person concerned."""

from __future__ import annotations

from enum import StrEnum


class DecisionKind(StrEnum):
    NO_ACTION = "no_action"
    HIDE = "hide"
    RESTORE = "restore"
    REMOVE = "remove"
    EDIT_OUT = "edit_out"
    LOCK = "lock"
    UNLOCK = "unlock"
    MOVE = "move"
    PIN = "pin"
    UNPIN = "unpin"
    NARROW = "narrow"
    WARN = "warn"
    SUSPEND = "suspend"
    LIFT = "lift"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def hint(self) -> str:
        return HINTS.get(self, "")

    @property
    def told(self) -> str:
        """What the person concerned reads above the reason."""
        return TOLD[self]


LABELS = {
    DecisionKind.NO_ACTION: "Leave it as it is",
    DecisionKind.HIDE: "Hide it for now",
    DecisionKind.RESTORE: "Bring it back",
    DecisionKind.REMOVE: "Take it down for good",
    DecisionKind.EDIT_OUT: "Take words out",
    DecisionKind.LOCK: "Close it to replies",
    DecisionKind.UNLOCK: "Open it to replies again",
    DecisionKind.MOVE: "Move it to another topic",
    DecisionKind.PIN: "Pin it in its topic",
    DecisionKind.UNPIN: "Unpin it",
    DecisionKind.NARROW: "Let fewer people read it",
    DecisionKind.WARN: "Send a warning",
    DecisionKind.SUSPEND: "Pause the account",
    DecisionKind.LIFT: "Lift the pause",
}
HINTS = {
    DecisionKind.HIDE: "Its author and moderators still see it.",
    DecisionKind.RESTORE: "Everybody who could read it can read it again.",
    DecisionKind.REMOVE: "Only moderators still see it.",
    DecisionKind.EDIT_OUT: "You write the text that stays.",
    DecisionKind.LOCK: "It can still be read.",
    DecisionKind.MOVE: "If the new topic is for fewer readers, so is the conversation.",
    DecisionKind.PIN: "It stands first in its topic.",
    DecisionKind.NARROW: (
        "It can never be opened wider again. Who no longer belongs loses it, its author too."
    ),
    DecisionKind.WARN: "Your reason is the warning. Nothing else changes.",
    DecisionKind.SUSPEND: "They are signed out, and can write again after the day you choose.",
}
LEFT_UNTOLD = (
    "Those who reported it can see that somebody looked. The person concerned is not told."
)
LEFT_AGAIN = "The person concerned asked for a second look, and is told that there was one."
TOLD = {
    DecisionKind.NO_ACTION: "We looked at this once more, and it stays as it is.",
    DecisionKind.HIDE: "We have hidden something you wrote for now. You can still see it.",
    DecisionKind.RESTORE: "Something you wrote is back in its place.",
    DecisionKind.REMOVE: "We have taken down something you wrote.",
    DecisionKind.EDIT_OUT: "We have taken some words out of something you wrote.",
    DecisionKind.LOCK: "A conversation you started is closed to new replies.",
    DecisionKind.UNLOCK: "A conversation you started is open to replies again.",
    DecisionKind.MOVE: "We have moved a conversation you started to another topic.",
    DecisionKind.PIN: "We have pinned a conversation you started.",
    DecisionKind.UNPIN: "A conversation you started is no longer pinned.",
    DecisionKind.NARROW: "Fewer people can now read a conversation you started.",
    DecisionKind.WARN: "A moderator asks you to change something.",
    DecisionKind.SUSPEND: "Your account is paused.",
    DecisionKind.LIFT: "Your account is no longer paused.",
}


def hint_for(kind: DecisionKind, *, asked_again: bool) -> str:
    """What the desk says beside a choice."""
    if kind is DecisionKind.NO_ACTION:
        return LEFT_AGAIN if asked_again else LEFT_UNTOLD
    return kind.hint


def is_told(kind: DecisionKind, *, asked_again: bool) -> bool:
    """Whether the person concerned hears of it."""
    return kind is not DecisionKind.NO_ACTION or asked_again
