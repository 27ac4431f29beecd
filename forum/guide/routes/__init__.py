"""Pages of the guide; importing the modules puts their views on the blueprint."""

from forum.guide.routes import editing, history, reading
from forum.guide.routes.blueprint import guide

__all__ = ["editing", "guide", "history", "reading"]
