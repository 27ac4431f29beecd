"""Every side effect, in four tables: read them to know what follows from what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forum.accounts import events as accounts
from forum.accounts import jobs as accounts_jobs
from forum.accounts import mail as accounts_mail
from forum.accounts.actions import joining, passwords_and_addresses, ranks
from forum.core import events
from forum.jobs import outbox
from forum.jobs.worker import Appointment
from forum.mail import jobs as mail_jobs
from forum.moderation import events as moderation
from forum.moderation import mail as moderation_mail
from forum.threads import events as threads
from forum.threads import jobs as thread_jobs
from forum.threads.actions import deleting, redrawing

# event -> who hears of it, in the same transaction
HANDLERS: Mapping[type, tuple[Callable[[Any], None], ...]] = {
    accounts.UsernameChanged: (thread_jobs.redraw_after_rename,),
    moderation.DecisionMade: (moderation_mail.tell_by_letter,),
    threads.PostDeleted: (redrawing.redraw_quotes_of_post,),
    threads.PostRestored: (redrawing.redraw_quotes_of_post,),
    threads.PostCut: (redrawing.redraw_quotes_of_post,),
    threads.PostHidden: (redrawing.redraw_quotes_of_post,),
    threads.PostShown: (redrawing.redraw_quotes_of_post,),
    threads.PostRemoved: (redrawing.redraw_quotes_of_post,),
    threads.ThreadHidden: (redrawing.redraw_quotes_of_thread,),
    threads.ThreadShown: (redrawing.redraw_quotes_of_thread,),
    threads.ThreadRemoved: (redrawing.redraw_quotes_of_thread,),
    threads.ThreadNarrowed: (redrawing.redraw_quotes_of_thread,),
}

# kind of outbox row -> the function that does it
JOBS: Mapping[str, Callable[..., object]] = {
    mail_jobs.DELIVER: mail_jobs.deliver,
    deleting.FORGET: thread_jobs.forget_deleted,
    thread_jobs.REDRAW_NAMING: thread_jobs.redraw_naming,
}

# name of a letter -> who writes it
LETTERS: Mapping[str, mail_jobs.Writer] = {
    joining.JOIN_LETTER: accounts_mail.join_letter,
    passwords_and_addresses.RESET_LETTER: accounts_mail.reset_letter,
    passwords_and_addresses.PASSWORD_CHANGED_LETTER: accounts_mail.password_changed_letter,
    passwords_and_addresses.NEW_ADDRESS_LETTER: accounts_mail.new_address_letter,
    passwords_and_addresses.ADDRESS_ASKED_LETTER: accounts_mail.address_asked_letter,
    ranks.RANK_LETTER: accounts_mail.rank_letter,
    moderation_mail.TOLD_LETTER: moderation_mail.told_letter,
}

# what the worker does by the clock
TIMETABLE: tuple[Appointment, ...] = (
    Appointment(outbox.forget_done, minute="17", hour="3"),
    Appointment(accounts_jobs.forget_what_ran_out, minute="7"),
)


def install() -> None:
    events.subscribe(HANDLERS)
    outbox.install(JOBS)
    mail_jobs.install(LETTERS)
