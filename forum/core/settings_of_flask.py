"""Our settings in the words that Flask and its extensions use."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import LOOPBACK_HOSTS, Settings
from forum.core.database import engine_options

LARGEST_REQUEST_BYTES = 512 * 1024
MOST_FORM_PARTS = 200


def apply(app: Flask, settings: Settings) -> None:
    app.config.update(settings.model_dump())
    app.config.update(_derived(settings))
    if settings.TRUSTED_PROXIES:
        count = settings.TRUSTED_PROXIES
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]


def _derived(settings: Settings) -> dict[str, Any]:
    address = settings.database_address
    return {
        "SETTINGS": settings,
        "SQLALCHEMY_DATABASE_URI": address,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(address),
        "MAIL_SENDER": settings.mail_sender,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST_BYTES,
        "MAX_FORM_PARTS": MOST_FORM_PARTS,
        "TRUSTED_HOSTS": sorted(LOOPBACK_HOSTS | {settings.site_host}),
        "SESSION_COOKIE_NAME": "note",
        "SESSION_COOKIE_SECURE": settings.on_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "RATELIMIT_STORAGE_URI": _limit_storage(settings.REDIS_URL),
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": bool(settings.REDIS_URL),
        "RATELIMIT_STRATEGY": "sliding-window-counter",
        "RATELIMIT_HEADERS_ENABLED": False,
        "CACHE_TYPE": "SimpleCache",
        "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_MIN_SIZE": 500,
    }


def _limit_storage(redis_url: str) -> str:
    """Where limits are counted; the library has a name of its own for a Redis on a socket."""
    if redis_url.startswith("unix://"):
        return f"redis+{redis_url}"
    return redis_url or "memory://"
