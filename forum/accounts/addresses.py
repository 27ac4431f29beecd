"""E-mail addresses: whether one can be written to, and when two are the same."""

from __future__ import annotations

from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email


class Address(NamedTuple):
    """An address as letters are sent to it, and the key by which it is found again."""

    email: str
    key: str


def read_address(text: str, *, on_loopback: bool = False) -> Address | None:
    """The address in the text, or None. Names for trials (".test") work on loopback only."""
    try:
        valid = validate_email(
            text.strip(),
            check_deliverability=False,
            allow_smtputf8=False,
            test_environment=on_loopback,
        )
    except EmailNotValidError:
        return None
    email = f"{valid.local_part}@{valid.ascii_domain}"
    return Address(email, email.casefold())


def address_key(text: str) -> str:
    """The key of an address that somebody typed to be found by; empty if it is none."""
    address = read_address(text, on_loopback=True)
    return address.key if address else ""
