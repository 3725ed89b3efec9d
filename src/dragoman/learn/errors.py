"""In: nothing. Out: the error that says what is wrong with a file to be evaluated on."""

from dragoman.errors import DragomanError


class EvaluationError(DragomanError):
    """A file or folder that is not of the shape that the evaluation reads; the message names file and line."""
