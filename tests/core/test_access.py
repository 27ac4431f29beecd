"""The gate of a view: who may knock, what others are told, and that no view goes without."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from forum import blueprints, create_app
from forum.core.access import Gate, UndeclaredView, public, safe_next
from forum.home.routes import home
from tests import cast
from tests.core.conftest import MakeProbe

PEOPLE = ("patient", "suspended", "welcomer", "editor", "moderator", "administrator")
ALLOWED = {
    Gate.PUBLIC: {"visitor", *PEOPLE},
    Gate.MEMBER: {*PEOPLE} - {"suspended"},
    Gate.WELCOMER: {"welcomer", "editor", "moderator", "administrator"},
    Gate.EDITOR: {"editor", "moderator", "administrator"},
    Gate.MODERATOR: {"moderator", "administrator"},
    Gate.ADMIN: {"administrator"},
}


@pytest.mark.parametrize("person", ["visitor", *PEOPLE])
@pytest.mark.parametrize("gate", list(Gate))
def test_a_gate_opens_for_its_people_and_no_others(
    make_probe: MakeProbe, request: pytest.FixtureRequest, gate: Gate, person: str
) -> None:
    probe = make_probe()
    client = (
        probe.test_client()
        if person == "visitor"
        else cast.signed_in(probe, request.getfixturevalue(person))
    )
    answer = client.get(f"/probe/{gate.name.lower()}")
    if person in ALLOWED[gate]:
        assert (answer.status_code, answer.text) == (200, f"{gate.name}\n")
    elif person == "visitor":
        assert answer.status_code == 302
    else:
        assert answer.status_code == 403
        assert gate.name not in answer.text


def test_a_visitor_is_sent_to_sign_in_and_comes_back(make_probe: MakeProbe) -> None:
    answer = make_probe().test_client().get("/probe/member?page=2")
    address = urlsplit(answer.headers["Location"])
    assert address.path == "/sign-in"
    assert parse_qs(address.query) == {"next": ["/probe/member?page=2"]}


def test_a_visitor_who_posts_is_asked_to_sign_in_and_keeps_the_text(make_probe: MakeProbe) -> None:
    client = make_probe().test_client()
    answer = cast.form_post(client, "/probe/member", {"body": "A long night of typing"})
    assert answer.status_code == 401
    assert "A long night of typing" in answer.text


def test_a_suspended_member_is_told_why_and_keeps_what_is_theirs(
    make_probe: MakeProbe, request: pytest.FixtureRequest
) -> None:
    client = cast.signed_in(make_probe(), request.getfixturevalue("suspended"))
    assert "Your account is paused until" in client.get("/probe/member").text
    assert client.get("/probe/kept").text == "kept\n"


def test_a_view_without_a_gate_stops_the_start(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def register_one_more(app: Flask) -> None:
        app.register_blueprint(home)
        app.add_url_rule("/open", "forgotten", lambda: "open to all")

    monkeypatch.setattr(blueprints, "register", register_one_more)
    with pytest.raises(UndeclaredView, match=r"^views without a gate: forgotten$"):
        create_app(app.config["SETTINGS"])


def test_a_gate_is_kept_by_the_view_that_declares_it() -> None:
    def view() -> str:
        return "open to all"

    assert public(view) is view


@pytest.mark.parametrize(
    "address",
    ["/", "/threads/4-hello?page=2", "/settings/account", "/topics/welcome#post-3", "/a//b"],
)
def test_a_path_of_this_site_is_a_way_back(address: str) -> None:
    assert safe_next(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "threads",
        "//evil.example",
        "//evil.example/path",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\n/evil.example",
        "/path\\..\\evil",
        " //evil.example",
        "\x00//evil.example",
        "https://evil.example",
        "https:evil.example",
        "http:/evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "?next=//evil.example",
        "@evil.example",
    ],
)
def test_any_other_address_leads_home(address: str | None) -> None:
    assert safe_next(address) == "/"


def test_signing_in_leads_to_no_other_site(
    client: cast.Browser, patient: object, form_post: Callable[..., object]
) -> None:
    for given in ("//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"):
        answer = cast.form_post(
            client, "/sign-in", {"login": "Maple", "password": cast.PASSWORD, "next": given}
        )
        assert answer.status_code == 303
        assert answer.headers["Location"] in ("/", f"{cast.SITE_URL}/")
