"""The reading room. In: a store. Out: an application that serves its records, and pages to read them on."""

from dragoman.serve.app import app_of

__all__ = ["app_of"]
