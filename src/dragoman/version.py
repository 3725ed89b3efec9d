"""In: nothing. Out: the version of the package that runs."""

from importlib.metadata import PackageNotFoundError, version


def dragoman_version() -> str:
    """Such as ``0.1.0``; ``unknown`` where the package is not installed, as in a bare checkout."""
    try:
        return version("dragoman")
    except PackageNotFoundError:
        return "unknown"
