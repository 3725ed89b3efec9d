"""In: the YAML and TSV files beside this module. Out: PLOVER and CAMEO as a checked, frozen ``Codebook`` (``load()``).

What a THREATEN is stands in ``plover.yaml``; ``explain`` shows it.
"""

from dragoman.codebook.errors import AmbiguousName, UnknownName
from dragoman.codebook.loading import load, load_from
from dragoman.codebook.model import QUAD_NAMES, CameoEntry, Codebook, Context, EventType, Mode, QuadClass, Reduced

__all__ = [
    "QUAD_NAMES",
    "AmbiguousName",
    "CameoEntry",
    "Codebook",
    "Context",
    "EventType",
    "Mode",
    "QuadClass",
    "Reduced",
    "UnknownName",
    "load",
    "load_from",
]
