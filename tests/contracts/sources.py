"""The project's own files, read as text and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FORUM = ROOT / "forum"
TEMPLATES = ROOT / "templates"


def modules(*patterns: str) -> list[Path]:
    """Our Python files under `forum/` that match one of the patterns, or all of them."""
    found = {path for pattern in patterns or ("**/*.py",) for path in FORUM.glob(pattern)}
    return sorted(found)


def templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def name(path: Path) -> str:
    """The path as a reader of a failing test wants it."""
    return str(path.relative_to(ROOT))


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """The name and the line of everything the module calls: `now` for `clock.now()`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield _called(node.func), node.lineno


def dotted_calls(path: Path) -> Iterator[tuple[str, int]]:
    """The same, with what stands before the dot: `clock.now`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
