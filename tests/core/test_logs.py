"""The log: one line a request, and in no line what somebody typed or who they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from forum.accounts.models import Member
from tests.cast import PASSWORD, Browser, form_post, signed_in
from tests.core.conftest import MakeProbe

Lines = list[dict[str, Any]]
TEXT = "My-name-is-Rose-and-my-scan-was-bad"
ADDRESS = "rose@mail.example"
PEER = "203.0.113.77"


def requests(lines: Lines) -> Lines:
    return [line for line in lines if line["says"] == "request"]


def test_a_request_is_one_line_with_what_helps_to_find_a_fault(
    probe: Browser, log_lines: Lines
) -> None:
    answer = probe.get("/probe/network")
    [line] = log_lines
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/probe/network", 200)
    assert line["ms"] >= 0
    assert line["level"] == "info"
    assert datetime.fromisoformat(line["at"]).utcoffset() is not None


@pytest.mark.parametrize("path", ["/nowhere", "/probe/member", "/threads/x"])
def test_a_request_that_is_refused_is_one_line_too(
    probe: Browser, log_lines: Lines, path: str
) -> None:
    probe.get(path)
    assert len(requests(log_lines)) == 1


def test_a_request_without_a_route_does_not_name_its_address(
    probe: Browser, log_lines: Lines
) -> None:
    probe.get(f"/{TEXT}")
    [line] = log_lines
    assert line["route"] is None


def test_no_line_holds_text_or_a_query_or_a_whole_network_address(
    probe: Browser, log_lines: Lines
) -> None:
    where = {"REMOTE_ADDR": PEER}
    probe.get(f"/probe/network?q={TEXT}&email={ADDRESS}", environ_base=where)
    probe.get(f"/confirm/{TEXT}", environ_base=where)
    form_post(probe, "/probe/form", {"body": TEXT, "email": ADDRESS}, environ_base=where)
    form_post(probe, "/probe/refuse", {"body": TEXT}, environ_base=where)
    probe.post("/probe/form", data={"body": TEXT}, environ_base=where)
    form_post(probe, "/probe/break", {"body": TEXT}, environ_base=where)
    form_post(probe, "/sign-in", {"login": ADDRESS, "password": PASSWORD}, environ_base=where)
    assert len(requests(log_lines)) == 7
    said = str(log_lines)
    for secret in (TEXT, ADDRESS, PASSWORD, PEER):
        assert secret not in said
    assert {line["network"] for line in requests(log_lines)} == {"203.0.113.0/24"}


def test_an_error_is_told_with_its_place_and_kind_and_without_its_message(
    probe: Browser, log_lines: Lines
) -> None:
    answer = form_post(probe, "/probe/break", {"body": TEXT})
    line = next(line for line in log_lines if line["says"] == "unhandled")
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert line["route"] == "/probe/break"
    assert line["error"].endswith("builtins.ValueError")
    assert "write_and_break" in line["error"]
    assert TEXT not in str(log_lines)


def test_a_line_break_in_what_is_logged_makes_no_second_line(
    probe: Browser, log_lines: Lines
) -> None:
    probe.get("/probe/network", headers={"User-Agent": "x", "X-Request-Id": "forged"})
    [line] = log_lines
    assert line["request_id"] != "forged"


def test_a_member_is_not_named(make_probe: MakeProbe, patient: Member, log_lines: Lines) -> None:
    client = signed_in(make_probe(), patient)
    client.get("/probe/member")
    client.get(f"/members/{patient.username}")
    assert patient.username not in str(log_lines)
    assert {line["status"] for line in requests(log_lines)} == {200}
