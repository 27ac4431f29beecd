"""The verbs of accounts, by what they are about."""
