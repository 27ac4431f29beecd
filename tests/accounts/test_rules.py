"""The rules of accounts by themselves: one row and the list must say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts import policy, throttle
from forum.accounts.actions import joining, ranks
from forum.accounts.addresses import Address, address_key, read_address
from forum.accounts.models import Member
from forum.accounts.names import seems_official, seems_real, username_key
from forum.accounts.passwords import hash_password, matches, needs_rehash, weakness
from forum.audit.models import AuditEntry
from forum.core import clock
from forum.core.verdicts import Refused
from forum.core.viewer import ANONYMOUS, Rank
from forum.extensions import db
from tests import cast

ADDRESS = Address("birch@mail.example", "birch@mail.example")


def test_a_member_is_seen_alone_as_in_a_list(
    patient: Member,
    suspended: Member,
    administrator: Member,
    make_member: Callable[..., Member],
) -> None:
    make_member("former_9", erased_at=clock.now())
    make_member("The_house", is_system=True)
    members = db.session.scalars(select(Member)).all()
    viewers = [ANONYMOUS, *(cast.viewer_of(m) for m in (patient, suspended, administrator))]
    for viewer in viewers:
        listed = set(db.session.scalars(select(Member.id).where(policy.visible_members(viewer))))
        alone = {member.id for member in members if policy.may_see_profile(viewer, member)}
        assert listed == alone
    assert policy.may_see_profile(viewers[1], suspended)
    assert not policy.may_see_profile(viewers[2], patient)


def test_the_command_line_adds_members_and_people_do_not(app: Flask, patient: Member) -> None:
    how = {"address": ADDRESS, "password_hash": hash_password("any")}
    member = joining.add_member(None, username="birch_tree", **how)
    assert (member.rank, member.email) == ("member", "birch@mail.example")
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_id, entry.subject_id) == ("member.added", 0, member.id)
    with pytest.raises(joining.AddressTaken):
        joining.add_member(None, username="other", **how)
    with pytest.raises(joining.UsernameTaken):
        joining.add_member(
            None, username="Maple", address=Address("a@b.example", "a@b.example"), password_hash="x"
        )
    with pytest.raises(Refused):
        joining.add_member(cast.viewer_of(patient), username="other", **how)
    with pytest.raises(Refused, match="3 to 30"):
        joining.add_member(None, username="a b", **how)


def test_the_command_line_gives_ranks(app: Flask, patient: Member) -> None:
    ranks.give_rank(None, patient, Rank.ADMINISTRATOR, reason="The first one.")
    assert patient.rank == "administrator"
    assert db.session.scalars(select(AuditEntry)).one().actor_id == 0


@pytest.mark.parametrize(
    ("name", "real"),
    [
        ("MaryJones", True),
        ("mary_jones", True),
        ("Robert_Brown_2", True),
        ("walker1949", True),
        ("hope2024", True),
        ("quiet_river", False),
        ("porch_light_jo", False),
        ("RoseGarden", False),
        ("kettle99", False),
        ("Maple", False),
    ],
)
def test_a_name_from_real_life_is_noticed(name: str, real: bool) -> None:
    assert seems_real(name) is real


@pytest.mark.parametrize(
    ("name", "official"),
    [
        ("moderator", True),
        ("M0derator", True),
        ("the_administrator", True),
        ("NextChapterHelp", True),
        ("mod_kim", True),
        ("Member_B", True),
        ("memberb", True),
        ("former_ab12", True),
        ("everyone", True),
        ("staffordshire", False),
        ("model_maker", False),
        ("helpful_hands", False),
        ("remember_me", False),
    ],
)
def test_a_name_that_speaks_for_the_forum_is_noticed(name: str, official: bool) -> None:
    assert seems_official(name, "Next Chapter") is official


def test_the_name_of_the_site_itself_is_nobodys(app: Flask) -> None:
    assert seems_official("second_spring_team", "Second Spring")
    assert not seems_official("second_spring_team", "Next Chapter")


@pytest.mark.parametrize("text", ["", "ab", "a b", "a\x00b", "naïve", "x" * 31, "a-b-c"])
def test_what_is_no_username_has_no_key(text: str) -> None:
    assert username_key(text) == ""


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Me@Mail.Example", "me@mail.example"),
        (" me@bücher.example ", "me@xn--bcher-kva.example"),
        ("nobody", ""),
        ("a@b@c.example", ""),
        ("a\r\nBcc: x@mail.example", ""),
        ("me@mail.example\x00", ""),
    ],
)
def test_an_address_has_one_key(text: str, key: str) -> None:
    assert address_key(text) == key


def test_names_for_trials_are_addresses_on_loopback_only() -> None:
    assert read_address("me@site.test", on_loopback=True)
    assert read_address("me@site.test") is None


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        ("1234567", False),
        ("12345678", False),
        ("iloveyou", False),
        ("a" * 129, False),
        ("maple@mail.example", False),
        ("seven grey geese on a gate", True),
        ("x" * 20 + "lantern saddle thistle gravel meadow" + "y" * 40, True),
        ("ключ под ковром", True),
    ],
)
def test_a_password_is_weighed(password: str, fine: bool) -> None:
    assert (weakness(password, ("maple", "maple@mail.example")) == "") is fine


def test_a_hash_belongs_to_its_password_alone() -> None:
    kept = hash_password("seven grey geese")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert matches(kept, "seven grey geese")
    assert not matches(kept, "seven grey goose")
    assert not matches(None, "seven grey geese")
    assert not matches("not a hash", "seven grey geese")
    assert not needs_rehash(kept)
    assert needs_rehash(cast.PASSWORD_HASH)


def test_failures_are_forgotten_after_an_hour(app: Flask) -> None:
    for _ in range(9):
        throttle.note_failure("login", "network")
    assert throttle.wait_s("login", "network", knows_network=True) > 0
    assert throttle.wait_s("login", "elsewhere", knows_network=False) == 0
    db.session.execute(
        throttle.FailedSignIn.__table__.update().values(at=clock.now() - timedelta(minutes=61))
    )
    assert throttle.wait_s("login", "network", knows_network=True) == 0
