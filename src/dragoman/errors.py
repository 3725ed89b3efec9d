"""In: nothing. Out: the bases of all errors that a user can put right; their messages say how, so no traceback is wanted."""


class DragomanError(Exception):
    """Bad arguments, data or files: one line tells what is wrong and what to do."""


class DataError(DragomanError, ValueError):
    """A table, word list or lexicon is broken; the message starts with file and line (``where``)."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
