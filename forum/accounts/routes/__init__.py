"""The doors of accounts; importing the modules puts their views on the blueprint."""

from forum.accounts.routes import (
    account,
    blocks,
    devices,
    display,
    joining,
    password_reset,
    profiles,
    signing_in,
)
from forum.accounts.routes.blueprint import accounts

__all__ = [
    "account",
    "accounts",
    "blocks",
    "devices",
    "display",
    "joining",
    "password_reset",
    "profiles",
    "signing_in",
]
