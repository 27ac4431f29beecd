"""Whether we are alive, for those who watch over the machine."""

from __future__ import annotations

from tests.cast import Browser


def test_an_app_that_runs_says_it_is_alive(client: Browser) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "alive\n")


def test_an_app_with_its_database_says_it_is_ready(client: Browser) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")
