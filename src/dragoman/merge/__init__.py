"""One event from many reports. In: texts and events of articles. Out: which texts are copies of one another, which events are the same.

``copies`` compares texts, ``reports`` and ``alike`` compare events, ``grouping`` makes groups of either; none of them knows a table.
"""
