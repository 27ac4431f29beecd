"""The door of the room; its views are in the modules beside this one."""

from __future__ import annotations

from flask import Blueprint

guide = Blueprint("guide", __name__)
