"""Pages of conversations; importing the modules puts their views on the blueprint."""

from forum.threads.routes import lists, reading
from forum.threads.routes.blueprint import threads

__all__ = ["lists", "reading", "threads"]
