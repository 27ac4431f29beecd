"""Where a request comes from, in a form that may be kept."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from flask import request

NETWORK_BITS = {4: 24, 6: 48}


def network_of(address: str | None) -> str:
    """The network of an address (IPv4 /24, IPv6 /48): enough to slow an attacker, not a person.

    Text that is no address becomes "unknown".
    """
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ip_network(f"{parsed}/{NETWORK_BITS[parsed.version]}", strict=False))


def limit_key() -> str:
    """What rate limits count by: the address, or for IPv6 its network of one household."""
    address = request.remote_addr or "unknown"
    return network_of(address) if ":" in address else address
