"""The six content notes: neutral labels by which a reader filters. They are never warnings."""

from __future__ import annotations

from enum import StrEnum


class ContentNote(StrEnum):
    DEATH = "death"
    SURVIVAL = "survival"
    RESULTS = "results"
    SEVERE = "severe"
    INTIMACY = "intimacy"
    FAITH = "faith"

    @property
    def label(self) -> str:
        return NOTE_LABELS[self]


NOTE_LABELS = {
    ContentNote.DEATH: "Death, dying or hospice",
    ContentNote.SURVIVAL: "Survival numbers",
    ContentNote.RESULTS: "Scans or tests going wrong",
    ContentNote.SEVERE: "Severe side effects",
    ContentNote.INTIMACY: "Fertility or intimacy",
    ContentNote.FAITH: "Faith",
}


class NoteChoice(StrEnum):
    """What a reader wants done with posts that carry a note."""

    SHOW = "show"
    FOLD = "fold"
    HIDE = "hide"

    @property
    def label(self) -> str:
        return self.value.capitalize()


# A reader who chose nothing sees the label and a button; what is folded can be opened.
USUAL_CHOICE = NoteChoice.FOLD
