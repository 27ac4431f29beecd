"""What people see when something is not possible, and that they keep what they typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.core import clock, errors
from forum.core.database import writing
from forum.core.errors import waiting_words
from forum.extensions import db, limiter
from tests.cast import Browser, csrf_token, form_post, signed_in
from tests.core.conftest import MakeProbe

TEXT = "I typed this with numb fingers & it took <an hour>."
KEPT = "I typed this with numb fingers &amp; it took &lt;an hour&gt;."


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/probe/refuse", 403, "Not today."),
        ("/probe/break", 500, "Something broke on our side"),
        ("/probe/hide", 404, "Nothing here"),
        ("/probe/wait-in-vain", 503, "Back in a moment"),
    ],
)
def test_a_refusal_is_a_page_with_one_sentence_that_keeps_the_text(
    probe: Browser, path: str, status: int, sentence: str
) -> None:
    answer = form_post(probe, path, {"body": TEXT})
    assert answer.status_code == status
    assert sentence in answer.text
    assert KEPT in answer.text


def test_an_error_of_ours_says_nothing_of_its_inside_but_a_number_to_ask_by(
    probe: Browser,
) -> None:
    answer = form_post(probe, "/probe/break", {"body": TEXT})
    assert "ValueError" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Request-Id"] in answer.text


def test_a_database_that_is_busy_for_long_is_said_to_be_busy_and_when_to_try_again(
    probe: Browser,
) -> None:
    answer = form_post(probe, "/probe/wait-in-vain", {"body": TEXT})
    assert answer.headers["Retry-After"] == "60"
    assert "Send again" in answer.text
    assert db.session.scalar(select(func.count(Member.id))) == 0


def test_the_page_about_an_error_only_reads(
    probe: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    def draw(name: str, **about: object) -> str:
        drawn.append(writing.get())
        return ""

    monkeypatch.setattr(errors, "render_template", draw)
    for path in ("/probe/break", "/probe/wait-in-vain"):
        form_post(probe, path)
    assert drawn == [False, False]


def test_an_error_that_leaves_the_session_unusable_still_gets_a_whole_page(
    make_probe: MakeProbe, patient: Member
) -> None:
    answer = form_post(signed_in(make_probe(), patient), "/probe/spoil-the-session", {"body": TEXT})
    assert answer.status_code == 500
    assert KEPT in answer.text
    assert "/settings" in answer.text


def test_an_address_that_takes_no_posts_says_which_it_takes(probe: Browser) -> None:
    answer = form_post(probe, "/probe/network")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_broken_form_can_be_sent_again_as_it_was(probe: Browser) -> None:
    answer = probe.post("/probe/form", data={"body": TEXT, "csrf_token": "stale"})
    assert answer.status_code == 400
    assert KEPT in answer.text
    assert csrf_token(probe).split(".")[0] in answer.text
    assert form_post(probe, "/probe/form", {"body": TEXT}).text == TEXT


def test_secrets_are_never_given_back(probe: Browser) -> None:
    names = ("password", "new_password", "current_password")
    typed = {name: f"secret-{name}" for name in names}
    answer = probe.post("/probe/form", data={"body": TEXT, **typed})
    assert "secret-" not in answer.text


def test_too_much_text_is_refused_before_it_is_read(probe: Browser) -> None:
    answer = form_post(probe, "/probe/form", {"body": "x" * 600_000})
    assert answer.status_code == 413
    assert "That is too large" in answer.text


def test_too_many_fields_are_refused(probe: Browser) -> None:
    fields = {f"field{number}": "x" for number in range(300)}
    answer = form_post(probe, "/probe/form", fields, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_who_is_too_fast_is_told_how_long_to_wait_and_keeps_the_text(
    probe: Browser, rate_limits: None
) -> None:
    answers = [form_post(probe, "/probe/limited", {"body": TEXT}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    seconds = int(answers[2].headers["Retry-After"])
    assert 0 < seconds <= 60
    assert "Please wait" in answers[2].text
    assert KEPT in answers[2].text


def test_waiting_as_long_as_told_is_long_enough(make_probe: MakeProbe, rate_limits: None) -> None:
    probe = make_probe().test_client()
    with time_machine.travel(clock.now(), tick=False) as moment:
        answers = [form_post(probe, "/probe/limited") for _ in range(3)]
        moment.shift(timedelta(seconds=int(answers[2].headers["Retry-After"])))
        assert form_post(probe, "/probe/limited").status_code == 200


def test_the_wait_grows_shorter_while_one_waits(make_probe: MakeProbe, rate_limits: None) -> None:
    probe = make_probe().test_client()
    with time_machine.travel(clock.now(), tick=False) as moment:
        told = [form_post(probe, "/probe/limited") for _ in range(3)][2].headers["Retry-After"]
        moment.shift(timedelta(seconds=int(told) // 2))
        later = form_post(probe, "/probe/limited").headers["Retry-After"]
        assert int(later) <= int(told) - int(told) // 2


def test_one_person_s_haste_is_not_another_s(make_probe: MakeProbe, rate_limits: None) -> None:
    client = make_probe().test_client()
    for _ in range(3):
        form_post(client, "/probe/limited", environ_base={"REMOTE_ADDR": "203.0.113.1"})
    other = form_post(client, "/probe/limited", environ_base={"REMOTE_ADDR": "203.0.113.2"})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a second"),
        (1, "1 second"),
        (40, "40 seconds"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3600, "1 hour"),
        (3601, "2 hours"),
    ],
)
def test_waiting_is_told_in_words(seconds: int, words: str) -> None:
    assert waiting_words(seconds) == words


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 400),
        ({"Sec-Fetch-Site": "same-site"}, 400),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "null"}, 200),
        ({"Origin": "http://evil.example"}, 400),
        ({"Origin": "http://localhost.evil.example"}, 400),
        ({"Origin": "http://localhost:81"}, 400),
    ],
)
def test_a_form_that_another_site_s_page_has_sent_is_refused(
    probe: Browser, headers: dict[str, str], status: int
) -> None:
    answer = form_post(probe, "/probe/form", {"body": TEXT}, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}]
)
@pytest.mark.parametrize("path", ["/probe/form", "/sign-in"])
def test_nobody_is_led_to_send_what_another_site_wrote(
    probe: Browser, path: str, headers: dict[str, str]
) -> None:
    theirs = {"body": TEXT, "kept_action": "/probe/form", "kept_body": TEXT}
    answer = form_post(probe, path, theirs, headers=headers)
    assert answer.status_code == 400
    assert "Another site sent this" in answer.text
    assert KEPT not in answer.text
    assert 'name="kept_' not in answer.text
    assert "Send again" not in answer.text


def test_a_token_works_for_nobody_else(
    make_probe: MakeProbe, patient: Member, caregiver: Member
) -> None:
    probe = make_probe()
    theirs = csrf_token(signed_in(probe, caregiver))
    for client in (signed_in(probe, patient), probe.test_client()):
        answer = client.post("/probe/form", data={"body": TEXT, "csrf_token": theirs})
        assert answer.status_code == 400


def test_reading_and_being_refused_sets_no_cookie(app: Flask, probe: Browser) -> None:
    for path in ("/probe/network", "/probe/member", "/nowhere", "/probe/public"):
        assert "Set-Cookie" not in probe.get(path).headers


def test_limits_are_off_in_tests_that_do_not_ask_for_them(probe: Browser) -> None:
    assert not limiter.enabled
    assert {form_post(probe, "/probe/limited").status_code for _ in range(4)} == {200}
