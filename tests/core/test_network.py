"""Whose address counts: the connection's own, unless a proxy of ours says otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from forum.core.network import network_of
from tests.core.conftest import MakeProbe

PEER = "203.0.113.9"

FORWARDED = [
    (0, "198.51.100.7", PEER),
    (0, "127.0.0.1", PEER),
    (0, "198.51.100.7, 198.51.100.8", PEER),
    (1, "198.51.100.7", "198.51.100.7"),
    (1, "1.1.1.1, 198.51.100.7", "198.51.100.7"),
    (1, "127.0.0.1, 198.51.100.7", "198.51.100.7"),
    (1, None, PEER),
    (2, "1.1.1.1, 198.51.100.7, 198.51.100.8", "198.51.100.7"),
    (2, "198.51.100.8", PEER),
]


def ask(make_probe: MakeProbe, proxies: int, headers: dict[str, str], peer: str = PEER) -> Any:
    client = make_probe(TRUSTED_PROXIES=proxies).test_client()
    return client.get(
        "/probe/network", headers=headers, environ_base={"REMOTE_ADDR": peer}
    ).get_json()


@pytest.mark.parametrize(("proxies", "forwarded", "counted"), FORWARDED)
def test_a_forged_address_changes_nothing_before_the_proxies_that_are_trusted(
    make_probe: MakeProbe, proxies: int, forwarded: str | None, counted: str
) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert ask(make_probe, proxies, headers)["key"] == counted


@pytest.mark.parametrize(("proxies", "secure"), [(0, False), (1, True)])
def test_https_is_believed_from_a_trusted_proxy_only(
    make_probe: MakeProbe, proxies: int, secure: bool
) -> None:
    assert ask(make_probe, proxies, {"X-Forwarded-Proto": "https"})["secure"] is secure


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_forwarded_host_is_never_believed(make_probe: MakeProbe, proxies: int) -> None:
    answer = ask(make_probe, proxies, {"X-Forwarded-Host": "evil.example"})
    assert answer["host"] == "localhost"


def test_one_household_of_ipv6_counts_as_one(make_probe: MakeProbe) -> None:
    keys = {
        ask(make_probe, 0, {}, peer)["key"] for peer in ("2001:db8:1:2::5", "2001:db8:1:9999::1")
    }
    assert keys == {"2001:db8:1::/48"}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("", "unknown"),
        (None, "unknown"),
        ("not an address", "unknown"),
        ("203.0.113.9:80", "unknown"),
    ],
)
def test_a_network_is_too_wide_to_be_a_person(address: str | None, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:80", ""])
def test_a_request_for_another_host_gets_no_page_of_ours(make_probe: MakeProbe, host: str) -> None:
    client = make_probe().test_client()
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text
