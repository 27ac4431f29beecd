"""What a newcomer agrees to. The words are kept with the date, so a change here changes no past."""

from __future__ import annotations

ADULT = "adult"
HEALTH = "health"

ADULT_WORDING = "I am 18 or older."
CONSENT_WORDING = (
    "I agree that this forum keeps what I choose to tell it about my health, and shows it to the "
    "people I choose. I can take this back and leave at any time."
)
