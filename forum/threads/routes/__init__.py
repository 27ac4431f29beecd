"""Pages of conversations; importing the modules puts their views on the blueprint."""

from forum.threads.routes import changing, drafts, lists, reading, writing
from forum.threads.routes.blueprint import threads

__all__ = ["changing", "drafts", "lists", "reading", "threads", "writing"]
