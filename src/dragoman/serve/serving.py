"""In: a store, an address. Out: nothing; the reading room is open until it is ended."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path

import uvicorn

from dragoman import asking
from dragoman.audit import Audit
from dragoman.audit.lines import LONGEST_NAME
from dragoman.audit.sampling import absent
from dragoman.console import say
from dragoman.errors import DragomanError
from dragoman.serve.app import app_of
from dragoman.serve.auditing import Desk
from dragoman.serve.guarding import is_own


def serve(store: Path, host: str, port: int, quiet: bool = False, audit: Path | None = None, judge: str | None = None) -> None:
    """Serves a store. DragomanError for an address that cannot be had, StoreError for a file that is no store."""
    token = None if is_own(host) else secrets.token_urlsafe(24)
    desk = desk_of(audit, judge)
    if desk is not None:
        check_sample(store, desk.audit)
    app = app_of(store, token, desk=desk)
    with listening(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/" + (f"?token={token}" if token else "")
        say(address if quiet else f"{store} is open at {address} (Ctrl-C ends it)")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
        server.run(sockets=[listener])


def desk_of(audit: Path | None, judge: str | None) -> Desk | None:
    """Where records are judged. DragomanError where one of file and name is missing or cannot be used, or the file is no audit."""
    if audit is None and judge is None:
        return None
    if audit is None or not (judge or "").strip():
        raise DragomanError("to judge, name both the file and yourself: --audit audit.jsonl --judge NAME")
    name = (judge or "").strip()
    if len(name) > LONGEST_NAME:
        raise DragomanError(f"a judge's name has at most {LONGEST_NAME} letters: name yourself shorter with --judge")
    return Desk(audit, name)


def check_sample(store: Path, audit: Audit) -> None:
    """Says so where articles were coded anew since the sample was drawn. DragomanError where it is of another store."""
    with asking.opened(store) as there:
        missing = absent(there, audit)
    if missing == len(audit.items):
        raise DragomanError(f"no event of {audit.path} is in {store}: serve the store that it was drawn from, {audit.sample.store}")
    if missing:
        say(f"{missing:,} of {len(audit.items):,} events are no longer in {store}: they are judged by their sentence alone")


def listening(host: str, port: int) -> socket.socket:
    """A socket at the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise DragomanError(f"{host} port {port} cannot be had ({error.strerror}): name another one with --port") from error
    return listener
