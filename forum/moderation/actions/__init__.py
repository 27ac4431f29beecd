"""The verbs of moderation, a family a module."""
