"""Forms to write with: filled from what was kept before, and with what stands around them.

Each of these functions serves opening a form and sending it: what was sent wins over a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import request
from markupsafe import Markup

from forum.core.markup import NO_REFERENCES, References, render, written
from forum.core.verdicts import Refused, Unknown
from forum.core.viewer import Viewer
from forum.threads.actions import drafts
from forum.threads.actions.drafts import KeptDraft
from forum.threads.actions.references import NEW_THREAD, fresh_references
from forum.threads.actions.subjects import post_by_id, thread_by_id, thread_of
from forum.threads.forms import EditForm, ReplyForm, ThreadForm, WordsForm, state_of, usual_audience
from forum.threads.models import Post
from forum.threads.policy import may_see_thread, may_start_thread
from forum.threads.quoting import quote_of, text_to_change
from forum.topics.models import Audience, Topic

PREVIEW_URL = "/preview"
DRAFTS_URL = "/drafts"
FORGET_DRAFT_URL = "/drafts/delete"


@dataclass(frozen=True, slots=True)
class Composer:
    """A form, where it goes, and the words on its button.

    `draft` is what it was filled from; `is_repeated` says that a text was published from this
    form before, and that it now holds another one; `alias` is the name that the writer has here
    when they withhold their own, empty before they did.
    """

    form: WordsForm
    place: str
    action: str
    words: str
    draft: KeptDraft | None = None
    preview: str = ""
    is_repeated: bool = False
    alias: str = ""

    draft_url: str = DRAFTS_URL
    forget_draft_url: str = FORGET_DRAFT_URL

    @property
    def preview_url(self) -> str:
        return f"{PREVIEW_URL}?place={self.place}"

    def with_preview(self, viewer: Viewer) -> Composer:
        text = self.form.draft()
        preview = preview_at(viewer, self.place, text.body, withheld=text.withhold_name)
        return replace(self, preview=preview)

    def repeated(self) -> Composer:
        """The same, with a new key: sent once more, it publishes what it holds now."""
        self.form.renew_key()
        return replace(self, is_repeated=True)


def start_composer(viewer: Viewer, topic: Topic, *, title: str = "") -> Composer:
    """For a new thread; `title` is a suggestion that a draft overrules."""
    place = drafts.place_of_topic(topic.slug)
    draft = _kept(viewer, place)
    audiences = open_audiences(viewer, topic)
    usual = {
        "title": title,
        "audience": usual_audience(audiences).value,
        "notes": sorted(topic.notes),
    }
    form = ThreadForm(audiences, data=_filled(usual, draft))
    form.place.data = place
    return Composer(form, place, f"/topics/{topic.slug}/new", "Post the conversation", draft)


def reply_composer(viewer: Viewer, thread_id: int, *, alias: str = "", quote: int = 0) -> Composer:
    """For a reply by somebody whose name without their own is `alias`, empty for none yet.

    `quote` is the id of a post to be quoted, 0 for none.
    """
    place = drafts.place_of_thread(thread_id)
    draft = _kept(viewer, place)
    # Whoever withheld their name here once would give it away by one forgotten box.
    form = ReplyForm(data=_filled({"withhold_name": bool(alias)}, draft))
    form.place.data = place
    if quote and not form.is_submitted():
        form.body.data = _with_quote(viewer, form.body.data or "", thread_id, quote)
    return Composer(form, place, f"/threads/{thread_id}/reply", "Post reply", draft, alias=alias)


def edit_composer(viewer: Viewer, post: Post) -> Composer:
    """For a change of a post that was written before."""
    place = drafts.place_of_post(post.id)
    draft = _kept(viewer, place)
    present = {
        "body": text_to_change(post),
        "notes": sorted(post.notes),
        "seen": state_of(post),
    }
    form = EditForm(data=_filled(present, draft))
    form.place.data = place
    return Composer(form, place, f"/posts/{post.id}/edit", "Save the change", draft)


def open_audiences(viewer: Viewer, topic: Topic) -> list[Audience]:
    """The audiences that a new thread of this viewer in this topic may have."""
    return [audience for audience in Audience if may_start_thread(viewer, topic, audience)]


def preview_at(viewer: Viewer, place: str, body: str, *, withheld: bool = False) -> Markup:
    """The text as it will look there: with the names and quotes that the place allows."""
    references = _references(viewer, place, withheld)
    return written(render(body, references=references).html)


def _kept(viewer: Viewer, place: str) -> KeptDraft | None:
    return drafts.draft_at(viewer, place) if request.method == "GET" else None


def _filled(usual: Mapping[str, Any], draft: KeptDraft | None) -> dict[str, Any]:
    """What the form shows at first: the draft, and the usual where a draft says nothing."""
    if draft is None:
        return dict(usual)
    kept = asdict(draft.text)
    return {**usual, **kept, "audience": kept["audience"] or usual.get("audience", "")}


def _with_quote(viewer: Viewer, text: str, thread_id: int, post_id: int) -> str:
    try:
        quote = quote_of(viewer, thread_by_id(thread_id), post_id)
    except (Unknown, Refused):
        # The post went away after its button was drawn: the form opens without it.
        return text
    if quote in text:
        return text
    return f"{text.rstrip()}\n\n{quote}\n\n".lstrip()


def _references(viewer: Viewer, place: str, withheld: bool) -> References:
    try:
        kind, key = drafts.split_place(place)
        if kind == "topic":
            return fresh_references(viewer, NEW_THREAD, Audience.MEMBERS, withheld=withheld)
        thread = thread_by_id(int(key)) if kind == "thread" else thread_of(post_by_id(int(key)))
    except Unknown:
        return NO_REFERENCES
    if not may_see_thread(viewer, thread):
        return NO_REFERENCES
    return fresh_references(viewer, thread.id, Audience(thread.audience), withheld=withheld)
