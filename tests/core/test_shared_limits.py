"""Limits shared by several machines through Redis, and kept up when Redis is away."""

from __future__ import annotations

import pytest
from flask import Flask

from forum.extensions import limiter
from tests.cast import form_post
from tests.core.conftest import MakeProbe
from tests.servers.redis import RedisServer

KEY = "only-for-tests-" * 4


@pytest.fixture
def probe_with_redis(make_probe: MakeProbe, redis: RedisServer, rate_limits: None) -> Flask:
    return make_probe(REDIS_URL=redis.address, SECRET_KEY=KEY)


def statuses(probe: Flask, times: int) -> list[int]:
    client = probe.test_client()
    return [form_post(client, "/probe/limited").status_code for _ in range(times)]


def test_what_one_machine_has_counted_another_knows(
    probe_with_redis: Flask, make_probe: MakeProbe, redis: RedisServer
) -> None:
    assert statuses(probe_with_redis, 2) == [200, 200]
    another = make_probe(REDIS_URL=redis.address, SECRET_KEY=KEY)
    assert statuses(another, 1) == [429]


def test_without_redis_people_are_served_and_still_limited(
    probe_with_redis: Flask, redis: RedisServer
) -> None:
    redis.stop()
    assert statuses(probe_with_redis, 3) == [200, 200, 429]


def test_a_wake_up_that_cannot_be_sent_costs_nobody_their_post(
    probe_with_redis: Flask, redis: RedisServer, log_lines: list[dict[str, object]]
) -> None:
    limiter.enabled = False
    redis.stop()
    client = probe_with_redis.test_client()
    assert form_post(client, "/probe/enqueue").status_code == 200
    assert "worker not woken" in {line["says"] for line in log_lines}
