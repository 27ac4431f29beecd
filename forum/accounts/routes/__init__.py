"""The doors of accounts: joining, signing in, profiles, settings."""

from forum.accounts.routes import joining, password_reset, signing_in
from forum.accounts.routes.blueprint import accounts

__all__ = ["accounts", "joining", "password_reset", "signing_in"]
