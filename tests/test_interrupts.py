"""Ctrl-C counts also where a library makes another error of it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from commands import SUMMIT, Result
from dragoman import interrupts, when
from dragoman.console import INTERRUPTED
from dragoman.store import Store


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
    yield
    interrupts.listen()  # forgets what came
    for number, handler in before.items():
        signal.signal(number, handler)


def interrupted(answer: Exception) -> Callable[..., None]:
    """Work during which Ctrl-C comes, and which answers with an error of its own."""

    def work(*_: Any) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as error:
            raise answer from error

    return work


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_not_forgotten(number: signal.Signals) -> None:
    interrupts.listen()
    interrupts.check()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)
    with pytest.raises(KeyboardInterrupt):
        interrupts.check()


def test_what_a_background_job_ignores_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    interrupts.listen()
    signal.raise_signal(signal.SIGINT)
    interrupts.check()


def test_no_article_is_blamed_for_it(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(when, "find", interrupted(ImportError("as compiled code has it")))
    interrupts.listen()
    result = run("code", SUMMIT)
    assert (result.status, result.out) == (INTERRUPTED, "")


def test_a_query_that_it_stops_is_no_error_of_its_own(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Store, "known", interrupted(RuntimeError("Query interrupted")))
    interrupts.listen()
    assert run("code", SUMMIT, "--store", tmp_path / "e.duckdb").status == INTERRUPTED


def test_an_error_without_a_signal_stays_one(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("as it is")

    monkeypatch.setattr(Store, "known", broken)
    interrupts.listen()
    with pytest.raises(RuntimeError, match="as it is"):
        run("code", SUMMIT, "--store", tmp_path / "e.duckdb")
