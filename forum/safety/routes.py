"""The help page. It asks the database for nothing, so that it stands when little else does."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from forum.core import headers
from forum.core.access import public
from forum.safety.call_box import call_box
from forum.safety.help_lines import countries, countries_for

safety = Blueprint("safety", __name__)


@safety.get("/help")
@public
def help_page() -> ResponseReturnValue:
    chosen = request.args.get("country", "")
    headers.mark_public()
    return render_template(
        "safety/help.html",
        countries=countries_for(chosen) if chosen else countries(),
        known=countries(),
        chosen=chosen,
        call_box=call_box(),
    )
