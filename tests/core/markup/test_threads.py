"""Texts rendered at the same time must not mix: they are health stories."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from forum.core.markup import WALLS, render, sanitize
from forum.core.markup.rendering import compose

THREADS = 8
TEXTS_PER_THREAD = 500


@pytest.fixture
def eager_switching() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def source(name: str) -> str:
    return f"# {name}\n\n- **{name}** https://a.example/{name}\n\n> {name} <b>"


def expected(name: str) -> str:
    address = f"https://a.example/{name}"
    return (
        f"<h3>{name}</h3>\n<ul>\n<li><strong>{name}</strong> "
        f'<a href="{address}" rel="nofollow ugc noopener">{address}</a></li>\n</ul>\n'
        f"<blockquote>\n<p>{name} &lt;b&gt;</p>\n</blockquote>\n"
    )


@pytest.mark.usefixtures("eager_switching")
def test_each_thread_gets_its_own_texts() -> None:
    start = Barrier(THREADS)

    def wrong_texts(thread: int) -> list[str]:
        start.wait()
        names = [f"thread{thread}text{number}" for number in range(TEXTS_PER_THREAD)]
        return [name for name in names if render(source(name)).html != expected(name)]

    with ThreadPoolExecutor(THREADS) as pool:
        assert [*pool.map(wrong_texts, range(THREADS))] == [[]] * THREADS


@pytest.mark.usefixtures("eager_switching")
@pytest.mark.parametrize("wall", WALLS)
def test_each_wall_alone_keeps_threads_apart(wall: str) -> None:
    start = Barrier(THREADS)

    def wrong_texts(thread: int) -> list[str]:
        names = [f"thread{thread}text{number}" for number in range(TEXTS_PER_THREAD // 5)]
        drafts = {name: compose(source(name)).html for name in names}
        start.wait()
        return [name for name in names if sanitize(drafts[name], (wall,)) != expected(name)]

    with ThreadPoolExecutor(THREADS) as pool:
        assert [*pool.map(wrong_texts, range(THREADS))] == [[]] * THREADS
