"""The doors of this room; importing the modules puts their views on the blueprint."""

from forum.moderation.routes import cases, decisions, desk, reporting
from forum.moderation.routes.blueprint import moderation

__all__ = ["cases", "decisions", "desk", "moderation", "reporting"]
