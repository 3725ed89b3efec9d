"""Feeds -> store, as they are published: polled politely, each article coded once, resumable."""

from dragoman.watch.watching import Watch

__all__ = ["Watch"]
