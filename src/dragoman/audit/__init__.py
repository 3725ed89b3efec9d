"""The audit of a store. In: a sample of its records and what judges say of them. Out: precision, recall, agreement, corrected counts."""

from dragoman.audit.files import Audit
from dragoman.audit.sampling import draw

__all__ = ["Audit", "draw"]
