"""The rules of the house that can be read from its files."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from forum.accounts.models import Member
from forum.core.database import Base
from forum.schema import ROOMS_WITH_TABLES, import_models
from tests.contracts import sources

TOP_LEVEL = {
    *("forum", "templates", "static", "migrations", "config.py", "tests", "requirements.txt"),
    *("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
    *("pyproject.toml", "requirements-dev.txt", ".gitignore"),
    *("bin", "bench", "deploy", "docs", ".ci"),
}
DRAWERS = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services"} | {
    *("base", "misc", "common", "stuff")
}
# Who makes safe HTML: the renderer's filter, and panels from rendered templates.
MAKERS_OF_MARKUP = {"forum/core/markup/written.py", "forum/core/panels.py"}
# Its text goes to a mailbox, not to a browser.
WITHOUT_ESCAPING = {"templates/mail/letter.txt"}
THE_CLOCK = {"forum/core/clock.py"}
CLOCKS = re.compile(r"^(datetime|date|dt)\.(datetime\.)?(now|utcnow|today)$")


def test_imports_go_downward_only_and_rules_know_no_web_framework() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=sources.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_top_level_holds_what_the_design_names() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=sources.ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    present = {Path(line).parts[0] for line in listed.stdout.splitlines()}
    assert present <= TOP_LEVEL


def test_no_file_is_a_drawer_for_anything() -> None:
    drawers = [
        sources.name(path)
        for path in sources.modules()
        if DRAWERS & {*path.relative_to(sources.FORUM).parts, path.stem}
    ]
    assert drawers == []


def test_templates_trust_no_text() -> None:
    trusting = [
        sources.name(path)
        for path in sources.templates()
        if re.search(r"\|\s*safe\b|Markup\(|autoescape\s+false", path.read_text())
    ]
    assert set(trusting) <= WITHOUT_ESCAPING


def test_only_the_renderer_and_the_panels_make_safe_html() -> None:
    makers = {
        sources.name(path)
        for path in sources.modules()
        for called, _ in sources.calls(path)
        if called in ("Markup", "from_html") and not _is_empty_markup(path)
    }
    assert makers <= MAKERS_OF_MARKUP


def _is_empty_markup(path: Path) -> bool:
    """`Markup("")` trusts nothing: it stands for HTML that is not there."""
    trusted = [
        node
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Markup"
        and [ast.unparse(argument) for argument in node.args] != ["''"]
    ]
    return not trusted


def test_no_template_is_made_of_a_string() -> None:
    found = [
        f"{sources.name(path)}:{line}"
        for path in sources.modules()
        for called, line in sources.calls(path)
        if called in ("render_template_string", "from_string", "Template")
    ]
    assert found == []


def test_there_is_one_clock() -> None:
    others = [
        f"{sources.name(path)}:{line}"
        for path in sources.modules()
        if sources.name(path) not in THE_CLOCK
        for called, line in sources.dotted_calls(path)
        if CLOCKS.match(called)
    ]
    assert others == []


def test_relationships_never_load_by_themselves() -> None:
    """There are none: pages read rows, and verbs ask for what they need."""
    found = [
        f"{sources.name(path)}:{line}"
        for path in sources.modules("**/models.py")
        for called, line in sources.calls(path)
        if called == "relationship"
    ]
    assert found == []


def test_every_table_that_knows_a_member_is_claimed_by_a_room() -> None:
    import_models()
    claimed: set[str] = set()
    for path in sources.modules("*/privacy.py"):
        room = import_module(f"forum.{path.parent.name}.privacy")
        assert callable(room.export_for)
        assert callable(room.erase_for)
        claimed |= {table.__tablename__ for table in room.CLAIMS}
    knowing = {
        table.name
        for table in Base.metadata.tables.values()
        if any(key.column.table is Member.__table__ for key in table.foreign_keys)
    }
    assert len(knowing) > 15
    assert knowing - claimed == set()


def test_every_room_with_tables_is_in_the_schema() -> None:
    with_tables = {
        ".".join(path.relative_to(sources.ROOT).with_suffix("").parts)
        for path in sources.modules("**/*.py")
        if re.search(r"^    __tablename__ = ", path.read_text(), re.M)
    }
    assert with_tables == set(ROOMS_WITH_TABLES)
