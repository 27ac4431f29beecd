"""Verbs: they ask the rule first, and leave the transaction to the request."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts import sources

# Verbs whose rule needs something first, with what it is.
LATER = {
    "forum/accounts/actions/signing_in.py: end_session": "finds the session it asks about",
}
# What takes an actor without being a verb.
NO_VERBS = {
    "forum/audit/actions.py: record": "writes down what a verb has done",
    "forum/moderation/actions/measures.py: carry_out": "hands on to verbs that each ask",
    "forum/threads/actions/drafts.py: remove_draft": "reaches the actor's own draft alone",
    "forum/threads/actions/references.py: fresh_references": "answers a question",
}
OUTSIDE_A_REQUEST = {
    "forum/cli": "commands have no request",
    "forum/jobs": "nor has the worker, which runs every room's jobs.py",
    "forum/core/transactions.py": "here the request's transaction ends",
}

Verb = tuple[Path, ast.FunctionDef]


def verbs() -> Iterator[Verb]:
    """Every public function of a room's actions that is told who acts."""
    for path in sources.modules("*/actions.py", "*/actions/**/*.py"):
        for node in sources.tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                if "actor" in {argument.arg for argument in arguments}:
                    yield path, node


def title(verb: Verb) -> str:
    path, function = verb
    return f"{sources.name(path)}: {function.name}"


def first_statement(function: ast.FunctionDef) -> str:
    body = function.body
    begins_with_docstring = isinstance(body[0], ast.Expr) and isinstance(
        body[0].value, ast.Constant
    )
    return ast.unparse(body[1 if begins_with_docstring else 0])


@pytest.mark.parametrize("verb", list(verbs()), ids=title)
def test_a_verb_asks_the_rule_before_anything_else(verb: Verb) -> None:
    if title(verb) in NO_VERBS:
        return
    if title(verb) in LATER:
        assert "require(" in ast.unparse(verb[1])
        return
    assert first_statement(verb[1]).startswith("require(")


def test_every_exception_is_still_needed() -> None:
    present = {title(verb): verb for verb in verbs()}
    for exception in LATER:
        assert not first_statement(present[exception][1]).startswith("require("), exception
    assert set(NO_VERBS) <= set(present)


def test_there_are_verbs_to_look_at() -> None:
    assert len(list(verbs())) > 20


@pytest.mark.parametrize("path", sources.modules(), ids=sources.name)
def test_a_room_leaves_the_transaction_to_the_request(path: Path) -> None:
    if path.name == "jobs.py" or sources.name(path).startswith(tuple(OUTSIDE_A_REQUEST)):
        return
    commits = [line for called, line in sources.dotted_calls(path) if called.endswith(".commit")]
    assert commits == []
