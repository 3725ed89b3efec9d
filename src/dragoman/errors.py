"""In: nothing. Out: the base of all errors that a user can put right; their messages say how, so no traceback is wanted."""


class DragomanError(Exception):
    """Bad arguments, data or files: one line tells what is wrong and what to do."""
