"""What people really type: long words, other scripts, emoji, quotes, lists, half a table."""

from __future__ import annotations

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3
LONG_ADDRESS = "https://example.org/" + "results/2026/very-long-part-of-an-address/" * 6
RIGHT_TO_LEFT = "אבא שלי קיבל CAR T לפני שנה. مرحبا بكم جميعا، شكرا على القراءة."
EMOJI = "Thank you 🙏🏽 👩🏽‍🤝‍👨🏻 ❤️‍🩹 — we ate ice cream 🍨 and cried a little 😅"
LONG_TITLE = (
    "Has anybody had their second collection called off on the day itself, "
    "and what did you tell the driver?"
)
UNBROKEN_TITLE = "W" + "o" * 110 + "rn out"
LONG_NAME = "Wintergreen_over_the_long_hill"

RICH = f"""## A heading that must not break the outline

Two nights **awake**, one *almost* asleep, ~~none good~~ some good.

1. Ask for the name of the study
2. Ask who calls you
   - and when
   - and on which number

> Somebody once told me:
>
> > write it all down

    code that nobody meant to write, and that is far too wide for a telephone held in one hand

`{LONG_WORD}`

{LONG_WORD}

{LONG_ADDRESS}

---

See [the guide](/guide/trials) or write to help@example.org."""
TEXTS = (
    "I read this twice. We are eleven months out and the waiting room still smells the same.",
    RICH,
    RIGHT_TO_LEFT,
    EMOJI,
    "Yes.",
    "Dear @Maple, dear @Harbor,\n\nthank you both. @nobody_here is not a member.",
    "\n\n".join(["A long answer, written over three evenings. " * 12] * 4),
)
