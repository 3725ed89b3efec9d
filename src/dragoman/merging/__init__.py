"""``dragoman merge``, so that every story and every event counts once. In: a store. Out: the same store with its copies and events.

The only room that knows both ``merge`` and ``store``. A run goes on from what earlier ones left, in steps that are whole or not at all.
"""

from dragoman.merging.run import Merged, merge

__all__ = ["Merged", "merge"]
