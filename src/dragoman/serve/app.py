"""The application: API and pages from one process. In: a store's file, a token or none. Out: a FastAPI application."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from fastapi import FastAPI, Response
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import FileResponse

from dragoman.errors import DragomanError
from dragoman.serve import auditing
from dragoman.serve.answering import tagged
from dragoman.serve.guarding import Guard
from dragoman.serve.library import Library
from dragoman.serve.routes import refused, router
from dragoman.version import dragoman_version
from dragoman.write.colours import variables

if TYPE_CHECKING:
    from dragoman.coder import Coder

PAGES = ("/", "/story/{rest:path}", "/between", "/between/{rest:path}", "/world", "/search", "/try")
STATIC = Path(str(files("dragoman.serve") / "static"))


def a_coder() -> Coder:
    """With its parser, which takes longer to load than all the rest: only when somebody wants a text coded."""
    from dragoman.coder import Coder

    return Coder()


def app_of(store: Path, token: str | None = None, coder: Callable[[], Coder] = a_coder, desk: auditing.Desk | None = None) -> FastAPI:
    """An application that reads a store. StoreError for a file that is none. ``coder`` makes the coder of the page that codes a text."""
    library = Library(store)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        indexing = Thread(target=library.bring_index_up_to_date, daemon=True)
        indexing.start()
        yield
        library.closing.set()
        await to_thread(indexing.join, 5)
        library.close()

    app = FastAPI(title="dragoman", version=dragoman_version(), description="Political events, traced to their words.", lifespan=lifespan,
                  docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")  # fmt: skip
    app.state.library, app.state.desk = library, desk
    app.state.coder = lru_cache(1)(coder)
    app.middleware("http")(tagged(library))
    app.middleware("http")(Guard(token))
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=1)
    app.add_exception_handler(DragomanError, lambda _, error: refused(error))
    app.include_router(router)
    app.include_router(auditing.router)
    for path in (*PAGES, "/audit"):
        app.add_api_route(path, shell, include_in_schema=False)
    app.add_api_route("/static/colours.css", colours, include_in_schema=False)
    app.add_api_route("/static/{name:path}", static, include_in_schema=False)
    return app


def shell() -> FileResponse:
    """Every page is the same document; its script reads the address."""
    return FileResponse(STATIC / "index.html")


def colours() -> Response:
    """Those that reports and pictures have, too."""
    return Response(variables(), media_type="text/css")


def static(name: str) -> Response:
    """A file of the page, by a name that is one of them."""
    file = STATIC / name
    if name not in names_of_files():
        return Response(status_code=404)
    return FileResponse(file)


@lru_cache(1)
def names_of_files() -> frozenset[str]:
    return frozenset(file.relative_to(STATIC).as_posix() for file in STATIC.rglob("*") if file.is_file())
