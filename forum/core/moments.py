"""Moments in words, in the reader's zone."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from forum.core import clock


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=256)
def zone(name: str) -> ZoneInfo:
    """The zone of that name, or UTC for a name nobody knows any more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def day(moment: datetime | date, zone_name: str = "UTC") -> str:
    """Like "20 November", with the year when it is not this one."""
    today = clock.now().astimezone(zone(zone_name)).date()
    local = moment.astimezone(zone(zone_name)).date() if isinstance(moment, datetime) else moment
    return f"{local:%-d %B}" if local.year == today.year else f"{local:%-d %B %Y}"


def full(moment: datetime, zone_name: str = "UTC") -> str:
    """Like "20 November 2026, 14:05"."""
    return f"{moment.astimezone(zone(zone_name)):%-d %B %Y, %H:%M}"


def month(moment: datetime, zone_name: str = "UTC") -> str:
    """Like "November 2026": exact enough for a date that could point at a person."""
    return f"{moment.astimezone(zone(zone_name)):%B %Y}"


def ago(moment: datetime, zone_name: str = "UTC") -> str:
    """Like "just now", "5 minutes ago", "yesterday", later the day itself."""
    seconds = (clock.now() - moment).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return _count(seconds / 60, "minute")
    local_days = _days_between(moment, zone_name)
    if (seconds < 86400 and local_days == 0) or seconds < 6 * 3600:
        return _count(seconds / 3600, "hour")
    if local_days <= 1:
        return "yesterday"
    return f"{local_days} days ago" if local_days < 7 else day(moment, zone_name)


def _days_between(moment: datetime, zone_name: str) -> int:
    local = zone(zone_name)
    return (clock.now().astimezone(local).date() - moment.astimezone(local).date()).days


def _count(value: float, unit: str) -> str:
    number = int(value)
    return f"{number} {unit}{'' if number == 1 else 's'} ago"
