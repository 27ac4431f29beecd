"""The thirty written conversations: a realistic first week, all of it invented."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from tqdm import tqdm

from forum.cli.demo.people import add_people, give_password
from forum.cli.demo.reports import write_reports
from forum.core import clock, moments
from forum.core.markup import RENDERER_VERSION, MemberLink, PostLink, render
from forum.core.viewer import CAREGIVER_RELATIONS
from forum.extensions import db
from forum.threads.actions.aliases import give_alias
from forum.threads.actions.starting import slug_of
from forum.threads.models import (
    Post,
    PostQuote,
    PostReaction,
    Thread,
    ThreadRead,
)
from forum.topics.models import Audience, Topic

FOLDER = Path(__file__).parent
DAYS = 7
SELLER = "vitalroots_health"


def write_all() -> str:
    """Write every conversation that is not there yet; returns what to tell the person."""
    people = tomllib.loads((FOLDER / "members.toml").read_text())["members"]
    first_day = _first_day()
    by_name = {person["username"]: person for person in people}
    ids = add_people(people, clock.now() - timedelta(days=50))
    written = [
        _Conversation(source, ids, by_name, first_day).write()
        for source in tqdm(list(_conversations()), desc="Conversations", unit="", leave=False)
    ]
    staff = [person["username"] for person in people if person.get("rank", "member") != "member"]
    openers = sorted({source["author"] for source in _conversations()})
    password = give_password([*staff, *openers])
    db.session.commit()
    fresh = sum(written)
    return (
        f"{fresh} invented conversations by {len(ids)} invented people are there.\n"
        f"Sign in as {', '.join(staff)} or any of the people who opened one, "
        f"with the password {password}"
    )


def topic_ids() -> dict[str, int]:
    """Slug -> id of every topic."""
    return {row.slug: row.id for row in db.session.execute(select(Topic.slug, Topic.id))}


def _conversations() -> Iterator[dict[str, Any]]:
    for path in sorted((FOLDER / "conversations").glob("*.toml")):
        source = tomllib.loads(path.read_text())
        yield source
        for topic in source.get("also_in", ()):
            yield source | {"topic": topic, "replies": [], "reports": [], "also_in": ()}


def _first_day() -> date:
    """The Monday of the last week that is over: the texts speak of days of the week."""
    today = clock.now().date()
    return today - timedelta(days=today.weekday() + DAYS)


@dataclass
class _Conversation:
    """One conversation on its way into the tables."""

    source: dict[str, Any]
    member_ids: Mapping[str, int]
    people: Mapping[str, Mapping[str, Any]]
    first_day: date
    posts: list[Post] = field(default_factory=list)

    def write(self) -> bool:
        """Whether it was new."""
        topic_id = topic_ids()[self.source["topic"]]
        author_id = self.member_ids[self.source["author"]]
        if self._is_there(topic_id, author_id):
            return False
        self.thread = self._thread(topic_id, author_id)
        self._post(self.source, self.thread.created_at)
        for reply in self.source.get("replies", ()):
            self._post(reply, self._moment(reply))
        self._count()
        self._read_states()
        write_reports(self.posts, self.source.get("reports", ()), self.member_ids, self._moment)
        return True

    def _is_there(self, topic_id: int, author_id: int) -> bool:
        same = select(Thread.id).where(
            Thread.topic_id == topic_id,
            Thread.author_id == author_id,
            Thread.title == self.source["title"],
        )
        return db.session.scalar(same) is not None

    def _opened_at(self) -> datetime:
        """The day and the time of day, on the clock of the person who wrote."""
        day = self.first_day + timedelta(days=self.source["day"] - 1)
        zone = self.people[self.source["author"]]["time_zone"]
        at = time.fromisoformat(self.source["time"])
        return datetime.combine(day, at, moments.zone(zone)).astimezone(UTC)

    def _moment(self, later: Mapping[str, Any]) -> datetime:
        written = self._opened_at() + timedelta(minutes=later["minutes_later"])
        return min(written, clock.now() - timedelta(minutes=1))

    def _thread(self, topic_id: int, author_id: int) -> Thread:
        opened_at = self._opened_at()
        thread = Thread(
            topic_id=topic_id,
            author_id=author_id,
            title=self.source["title"],
            slug=slug_of(self.source["title"]),
            audience=self.source["audience"],
            withheld=self.source.get("withhold_name", False),
            notes=frozenset(self.source.get("notes", ())),
            created_at=opened_at,
            last_post_at=opened_at,
            pinned_at=opened_at if self.source.get("pinned") else None,
            is_demo=True,
        )
        db.session.add(thread)
        db.session.flush()
        return thread

    def _post(self, source: Mapping[str, Any], written_at: datetime) -> None:
        author_id = self.member_ids[source["author"]]
        withheld = source.get("withhold_name", False)
        body = self._with_quote(source)
        rendered = render(body, references=_World(self))
        post = Post(
            thread_id=self.thread.id,
            number=len(self.posts) + 1,
            author_id=author_id,
            withheld=withheld,
            notes=frozenset(source.get("notes", ())),
            body=body,
            html=rendered.html,
            markup_version=RENDERER_VERSION,
            created_at=written_at,
        )
        db.session.add(post)
        db.session.flush()
        if withheld:
            give_alias(self.thread, author_id)
        for quoted_id in rendered.quoted:
            db.session.add(PostQuote(post_id=post.id, quoted_id=quoted_id))
        self.posts.append(post)
        self._react(post, source.get("reactions", {}))

    def _with_quote(self, source: Mapping[str, Any]) -> str:
        if not source.get("quotes"):
            return str(source["body"]).strip()
        quoted = self.posts[source["quotes"] - 1]
        lines = "\n".join(f"> {line}" for line in str(source["quoted_text"]).splitlines())
        return f"> [Somebody wrote](/posts/{quoted.id}):\n>\n{lines}\n\n{source['body'].strip()}"

    def _react(self, post: Post, reactions: Mapping[str, int]) -> None:
        others = [member for member in self._readers() if member != post.author_id]
        for offset, (kind, count) in enumerate(reactions.items()):
            for step in range(min(count, len(others))):
                who = others[(post.id * 7 + offset * 5 + step * 3) % len(others)]
                row = PostReaction(
                    post_id=post.id, member_id=who, kind=kind, created_at=post.created_at
                )
                db.session.merge(row)

    def _readers(self) -> list[int]:
        """Who can read this conversation; the seller reads nobody's words."""
        if self.source["audience"] != Audience.CAREGIVERS:
            names = list(self.people)
        else:
            names = [name for name, person in self.people.items() if _cares(person)]
        return [self.member_ids[name] for name in names if name != SELLER]

    def _count(self) -> None:
        last = self.posts[-1]
        self.thread.last_number = last.number
        self.thread.last_post_at = last.created_at
        self.thread.replies = len(self.posts) - 1
        self.thread.waiting = all(post.author_id == self.thread.author_id for post in self.posts)

    def _read_states(self) -> None:
        for place, member_id in enumerate(self._readers()):
            if (place + self.thread.id) % 3 == 0:
                continue
            seen = max(1, self.thread.last_number - (place + self.thread.id) % 4)
            moment = self.posts[seen - 1].created_at
            db.session.add(
                ThreadRead(
                    member_id=member_id,
                    thread_id=self.thread.id,
                    last_number=seen,
                    read_at=moment,
                )
            )


def _cares(person: Mapping[str, Any]) -> bool:
    return bool(CAREGIVER_RELATIONS & set(person["relations"])) or person["rank"] != "member"


@dataclass(frozen=True)
class _World:
    """What quotes in an invented conversation may point at: its own posts."""

    conversation: _Conversation

    def members(self, names: Collection[str]) -> Mapping[str, MemberLink]:
        known = {name.casefold(): (name, key) for name, key in self.conversation.member_ids.items()}
        return {
            name: MemberLink(known[name][1], known[name][0], f"/members/{known[name][0]}")
            for name in names
            if name in known
        }

    def posts(self, ids: Collection[int]) -> Mapping[int, PostLink]:
        return {
            post.id: PostLink(post.id, self._author_name(post), f"/posts/{post.id}", gone=False)
            for post in self.conversation.posts
            if post.id in ids
        }

    def _author_name(self, post: Post) -> str:
        if post.withheld:
            return give_alias(self.conversation.thread, post.author_id)
        names = {member_id: name for name, member_id in self.conversation.member_ids.items()}
        return names[post.author_id]
