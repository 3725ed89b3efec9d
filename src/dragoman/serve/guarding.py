"""Who may ask, and what a page may do. In: requests. Out: the same ones, or a refusal; headers that keep pages to themselves.

A web page elsewhere can make a browser ask 127.0.0.1, and can give its own name that address: so the name that is asked for must be
this machine's, and whoever serves any other address must name a token.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from fastapi.responses import JSONResponse

Next = Callable[[Request], Awaitable[Response]]
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
COOKIE = "dragoman"
OWN_NAMES = frozenset({"localhost", "testserver"})


class Guard:
    """Middleware. With a ``token`` every request must bring it: as ``Authorization: Bearer``, or once as ``?token=``, then as a cookie."""

    def __init__(self, token: str | None) -> None:
        self.token = token

    async def __call__(self, request: Request, call_next: Next) -> Response:
        refused = self.refusal(request)
        response = await call_next(request) if refused is None else refused
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        given = request.query_params.get("token")
        if refused is None and self.token and given:
            response.set_cookie(COOKIE, given, httponly=True, samesite="strict")
        return response

    def refusal(self, request: Request) -> Response | None:
        if self.token is None:
            name = request.url.hostname or ""
            if not is_own(name):
                return problem(421, f"{name} is not this machine's own name: ask http://127.0.0.1, or serve with --host and a token")
            return None
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        tried = (bearer, request.query_params.get("token", ""), request.cookies.get(COOKIE, ""))
        if any(hmac.compare_digest(one.encode(), self.token.encode()) for one in tried):
            return None
        return problem(401, "a token is wanted: open the address that dragoman serve printed")


def is_own(name: str) -> bool:
    """Whether a host name is one of this machine that no other machine can have."""
    if name in OWN_NAMES:
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def problem(status: int, detail: str) -> Response:
    """An error as every answer has it."""
    return JSONResponse({"detail": detail}, status)
