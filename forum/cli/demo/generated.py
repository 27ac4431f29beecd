"""Any number of generated conversations, streamed into the tables.

The texts are put together from sentences of our own. Each paragraph is rendered once and its
HTML used again: paragraphs of CommonMark stand for themselves, so that a post's HTML is that
of its paragraphs one after another.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from sqlalchemy import func, insert, select, text
from tqdm import tqdm

from forum.accounts.models import Member
from forum.cli.demo import sentences
from forum.cli.demo.people import add_people
from forum.core import clock
from forum.core.markup import RENDERER_VERSION, render
from forum.extensions import db
from forum.threads.actions.starting import slug_of
from forum.threads.models import Post, Thread
from forum.topics.models import Audience, Topic

BATCH = 5_000
PARAGRAPHS = 3_000
LONGEST_THREAD = 5_000
MOST_PEOPLE = 2_000
HEAVIEST = 40.0
SPAN = timedelta(days=3 * 365)
RELATIONS = (("patient",), ("patient",), ("caregiver",), ("family",), ("bereaved",))


def generate(threads: int, posts: int) -> str:
    """Add `threads` conversations with `posts` posts in all; returns what to tell the person."""
    chance = random.Random(20261122)  # noqa: S311 - the same invented community every time
    people = _people(min(MOST_PEOPLE, max(40, threads // 10)), chance)
    writer = _Writer(chance, people)
    with tqdm(total=posts, desc="Posts", unit="", unit_scale=True) as progress:
        for rows in writer.batches(_sizes(threads, posts, chance)):
            _insert(rows)
            progress.update(len(rows["posts"]))
    _move_sequences_on()
    return (
        f"{threads} generated conversations with {posts} posts by {len(people)} people are there."
    )


def _people(count: int, chance: random.Random) -> list[int]:
    names = [f"{a}_{b}" for a, b in product(sentences.ADJECTIVES, sentences.NOUNS)]
    numbered = [names[i % len(names)] + (f"_{i}" if i >= len(names) else "") for i in range(count)]
    people = [{"username": name, "relations": chance.choice(RELATIONS)} for name in numbered]
    ids = add_people(people, clock.now() - SPAN)
    db.session.commit()
    return list(ids.values())


def _sizes(threads: int, posts: int, chance: random.Random) -> list[int]:
    """How many posts each thread has: one long one, many short ones, in all exactly `posts`."""
    spare = posts - threads
    long_one = min(LONGEST_THREAD, spare // 4) if threads > 1 else spare
    sizes = [1] * threads
    sizes[0] += long_one
    spare -= long_one
    weights = [min(chance.paretovariate(1.3), HEAVIEST) for _ in range(threads)]
    total = sum(weights)
    for place, weight in enumerate(weights):
        sizes[place] += int(spare * weight / total)
    for place in range(posts - sum(sizes)):
        sizes[-1 - place % threads] += 1
    return sizes


class _Writer:
    """Makes rows with ids of its own, so that they can be inserted in bulk."""

    def __init__(self, chance: random.Random, people: list[int]) -> None:
        self.chance = chance
        self.people = people
        self.topics = [
            (topic_id, Audience(widest))
            for topic_id, widest in db.session.execute(select(Topic.id, Topic.widest_audience))
        ]
        self.next_thread = (db.session.scalar(select(func.max(Thread.id))) or 0) + 1
        self.next_post = (db.session.scalar(select(func.max(Post.id))) or 0) + 1
        self.paragraphs = [self._paragraph() for _ in range(PARAGRAPHS)]
        self.begun = clock.now() - SPAN

    def batches(self, sizes: list[int]) -> Iterator[dict[str, list[dict[str, Any]]]]:
        rows: dict[str, list[dict[str, Any]]] = {"threads": [], "posts": []}
        for place, size in enumerate(sizes):
            self._write_thread(place / len(sizes), size, rows)
            if len(rows["posts"]) >= BATCH:
                yield rows
                rows = {"threads": [], "posts": []}
        if rows["threads"]:
            yield rows

    def _paragraph(self) -> tuple[str, str]:
        source = " ".join(self.chance.sample(sentences.SENTENCES, self.chance.randint(1, 4)))
        return source, render(source).html

    def _write_thread(self, share: float, size: int, rows: dict[str, list[dict[str, Any]]]) -> None:
        topic_id, widest = self.chance.choice(self.topics)
        opened_at = self.begun + SPAN * share * 0.98
        moments = self._moments(opened_at, size)
        authors = [self.chance.choice(self.people) for _ in range(size)]
        title = self.chance.choice(sentences.TITLES)
        rows["threads"].append(
            {
                "id": self.next_thread,
                "topic_id": topic_id,
                "author_id": authors[0],
                "title": title,
                "slug": slug_of(title),
                "audience": self._audience(widest),
                "withheld": False,
                "notes": frozenset(),
                "created_at": opened_at,
                "last_number": size,
                "last_post_at": moments[-1],
                "replies": size - 1,
                "waiting": all(author == authors[0] for author in authors),
                "version": 1,
                "is_demo": True,
            }
        )
        for number, (author_id, moment) in enumerate(zip(authors, moments, strict=True), 1):
            rows["posts"].append(self._post(number, author_id, moment))
        self.next_thread += 1

    def _audience(self, widest: Audience) -> Audience:
        if widest is Audience.EVERYONE:
            return self.chance.choice((Audience.EVERYONE, Audience.MEMBERS))
        return widest

    def _moments(self, opened_at: datetime, size: int) -> list[datetime]:
        step = min(timedelta(hours=5), (clock.now() - opened_at) / (size + 1))
        return [opened_at + step * place for place in range(size)]

    def _post(self, number: int, author_id: int, moment: datetime) -> dict[str, Any]:
        chosen = [self.chance.choice(self.paragraphs) for _ in range(self.chance.randint(1, 3))]
        row: dict[str, Any] = {
            "id": self.next_post,
            "thread_id": self.next_thread,
            "number": number,
            "author_id": author_id,
            "withheld": False,
            "notes": frozenset(),
            "body": "\n\n".join(source for source, _ in chosen),
            "html": "\n".join(html.strip() for _, html in chosen) + "\n",
            "markup_version": RENDERER_VERSION,
            "created_at": moment,
        }
        self.next_post += 1
        return row


def _insert(rows: dict[str, list[dict[str, Any]]]) -> None:
    db.session.execute(insert(Thread), rows["threads"])
    db.session.execute(insert(Post), rows["posts"])
    db.session.commit()


def _move_sequences_on() -> None:
    """Let PostgreSQL number what people write after what we numbered ourselves."""
    if db.engine.dialect.name != "postgresql":
        return
    for table in (Thread.__tablename__, Post.__tablename__, Member.__tablename__):
        db.session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence(:name, 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608 - names of our own tables
            ),
            {"name": table},
        )
    db.session.commit()
