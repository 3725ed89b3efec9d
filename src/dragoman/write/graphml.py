"""GraphML for network analysis. In: codings. Out: actors as nodes; as edges the events of one type from one actor to another, counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from dragoman.write.edges import EdgesWriter, Node, Total
from dragoman.write.plain import for_xml

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
GRAPH = '<graph id="events" edgedefault="directed">\n'
FOOT = "</graph>\n</graphml>\n"
OF_NODES = {"name": "string", "country": "string", "sector": "string", "wikidata": "string"}
OF_EDGES = {
    **{"type": "string", "quad": "int", "events": "int", "score_sum": "double"},
    **{"score_mean": "double", "first_day": "string", "last_day": "string"},
}


class GraphMlWriter(EdgesWriter):
    """Writes the graph at the end; what has not happened, or between whom is not known, is no edge."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self.stream = stream

    def close(self) -> None:
        self.stream.write(HEAD)
        for owner, keys in (("node", OF_NODES), ("edge", OF_EDGES)):
            self.stream.writelines(
                f'<key id="{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n' for name, kind in keys.items()
            )
        self.stream.write(GRAPH)
        self.stream.writelines(node_line(node) for node in self.edges.nodes())
        self.stream.writelines(edge_line(total) for total in self.edges.totals())
        self.stream.write(FOOT)
        self.edges.close()
        self.stream.flush()


def node_line(node: Node) -> str:
    """A node, whose id is its name."""
    return f"<node id={attribute(node.name)}>{data(zip(OF_NODES, node, strict=True))}</node>\n"


def edge_line(total: Total) -> str:
    score = round(total.score, 6)
    values = (total.relation, total.quad, total.events, score, round(total.score / total.events, 6), total.first, total.last)
    return f"<edge source={attribute(total.source)} target={attribute(total.target)}>{data(zip(OF_EDGES, values, strict=True))}</edge>\n"


def data(values: Iterable[tuple[str, str | float | None]]) -> str:
    return "".join(f'<data key="{name}">{escape(for_xml(str(value)))}</data>' for name, value in values if value is not None)


def attribute(text: str) -> str:
    return quoteattr(for_xml(text))
