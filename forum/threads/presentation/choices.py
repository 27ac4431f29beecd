"""What a reader chose for content notes."""

from __future__ import annotations

from collections.abc import Collection

from forum.core.content_notes import USUAL_CHOICE, ContentNote, NoteChoice
from forum.core.viewer import Viewer

_STRICTEST_FIRST = (NoteChoice.HIDE, NoteChoice.FOLD)


def choice_for(viewer: Viewer, notes: Collection[str]) -> NoteChoice:
    """The strictest of the choices that this reader made for `notes`."""
    chosen = {viewer.note_choices.get(note, USUAL_CHOICE) for note in notes}
    return next((choice for choice in _STRICTEST_FIRST if choice in chosen), NoteChoice.SHOW)


def hidden_notes(viewer: Viewer) -> list[ContentNote]:
    """The notes whose posts and conversations this reader does not want to meet."""
    return [note for note in ContentNote if viewer.note_choices.get(note) == NoteChoice.HIDE]
