"""Headers of every answer: what a browser may do with the page, and who may keep it."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
A_YEAR_S = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    app.after_request(_add_headers)


def mark_public() -> None:
    """Say that this page may be found and cited: search engines, referrers."""
    g.page_is_public = True


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    # A proxy in front may speak https for us without our being told.
    if request.is_secure or current_app.config["SESSION_COOKIE_SECURE"]:
        headers["Strict-Transport-Security"] = f"max-age={A_YEAR_S}; includeSubDomains"
    if g.get("page_is_public") and response.status_code < 400:
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    else:
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Robots-Tag"] = "noindex, nofollow"
    headers.setdefault("Cache-Control", "private, no-store" if _signed_in() else "no-cache")
    headers.add("Vary", "Cookie")
    return response


def _signed_in() -> bool:
    return bool(g.get("session_token"))
