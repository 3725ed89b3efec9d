"""In: the arguments of the command line. Out: an exit status; Ctrl-C ends quietly also while the command is still loading."""

import sys


def main() -> None:
    """The entry point of ``dragoman`` and of ``python -m dragoman``."""
    try:
        from dragoman import cli
    except KeyboardInterrupt:
        from dragoman.console import INTERRUPTED

        sys.exit(INTERRUPTED)
    cli.main()


if __name__ == "__main__":
    main()
