"""The blueprint that the modules beside this one hang their views on."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template

accounts = Blueprint("accounts", __name__)


def private_page(template: str, status: int = 200, /, **about: object) -> Response:
    """A page that no browser keeps: its address or its text opens an account."""
    response = make_response(render_template(template, **about), status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def used_up(sentence: str) -> Response:
    """For a link from a letter that leads nowhere (any more)."""
    return private_page("accounts/used_up.html", 404, sentence=sentence)
