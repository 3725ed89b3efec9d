"""Knowledge graphs and networks: nodes are who is known, an edge a day once, counts over all."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from written import folder_of, lines_of, text_of

from dragoman.schema import Coding
from handmade import article, entity, event

NS = "{http://graphml.graphdrawing.org/xmlns}"


def coding(*, name: str = "Anna Berg") -> Coding:
    berg, he = entity("SWE GOV", "she", name=name, wikidata="Q1"), entity("-", "he")
    events = [
        event("a", 1, "ACCUSE", [], ["IRN GOV"], date="2024-11-06", score=-2.0).model_copy(update={"actor": [berg]}),
        event("a", 2, "ACCUSE", [], ["IRN GOV"], date="2024-11-06", score=-3.5).model_copy(update={"actor": [berg]}),
        event("a", 3, "ACCUSE", [], ["IRN GOV"], score=-3.0).model_copy(update={"actor": [berg]}),
        event("a", 4, "CONSULT", ["IRN GOV", "SWE"], date="2024-11-01", score=2.5),
        event("a", 5, "CONSULT", ["IRN GOV"], date="2024-11-01", score=2.5),
        event("a", 6, "ASSAULT", [], ["IRN GOV"], date="2024-11-02", score=-9.0).model_copy(update={"actor": [he]}),
    ]
    return Coding(article=article("a"), events=events)


QUADRUPLES = [
    ["IRN GOV", "CONSULT", "SWE", "2024-11-01"],
    ["SWE", "CONSULT", "IRN GOV", "2024-11-01"],
    ["Anna Berg", "ACCUSE", "IRN GOV", "2024-11-06"],
]


def test_quadruples_come_by_day_and_once_a_day() -> None:
    assert lines_of(text_of("quadruples", coding())) == QUADRUPLES
    assert text_of("quadruples") == ""


def test_a_benchmark_folder(tmp_path: Path) -> None:
    folder = folder_of("tkg", tmp_path, coding())
    files = {path.name: lines_of(path.read_text(encoding="utf-8")) for path in folder.iterdir()}
    assert files["entity2id.txt"] == [["Anna Berg", "0"], ["IRN GOV", "1"], ["SWE", "2"]]
    assert files["relation2id.txt"] == [["ACCUSE", "0"], ["CONSULT", "1"]]
    assert files["stat.txt"] == [["3", "2"]]
    assert files["quadruples.txt"] == [["1", "1", "2", "0"], ["2", "1", "1", "0"], ["0", "0", "1", "5"]]
    assert files["quadruples.tsv"] == QUADRUPLES


def test_a_benchmark_folder_without_events(tmp_path: Path) -> None:
    folder = folder_of("tkg", tmp_path)
    assert (folder / "stat.txt").read_text() == "0\t0\n"


def test_graphml_counts() -> None:
    root = ElementTree.fromstring(text_of("graphml", coding()))
    nodes = {node.attrib["id"]: {d.attrib["key"]: d.text for d in node} for node in root.iter(f"{NS}node")}
    assert nodes["Anna Berg"] == {"name": "Anna Berg", "country": "SWE", "sector": "GOV", "wikidata": "Q1"}
    assert set(nodes) == {"Anna Berg", "IRN GOV", "SWE"}
    edges = {(e.attrib["source"], e.attrib["target"]): {d.attrib["key"]: d.text for d in e} for e in root.iter(f"{NS}edge")}
    assert edges["Anna Berg", "IRN GOV"] == {
        **{"type": "ACCUSE", "quad": "3", "events": "3", "score_sum": "-8.5", "score_mean": "-2.833333"},
        **{"first_day": "2024-11-06", "last_day": "2024-11-06"},
    }
    assert set(edges) == {("Anna Berg", "IRN GOV"), ("IRN GOV", "SWE"), ("SWE", "IRN GOV")}


@pytest.mark.parametrize("name", ['A "B" <C> & D', "a\x00b\ufffe", "tab\there", "\ud800x"])
def test_any_name_is_well_formed(name: str) -> None:
    root = ElementTree.fromstring(text_of("graphml", coding(name=name)))
    ids = {node.attrib["id"] for node in root.iter(f"{NS}node")}
    assert {edge.attrib["source"] for edge in root.iter(f"{NS}edge")} <= ids
    assert len(ids) == 3


def test_networkx_reads_it(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    file = tmp_path / "x.graphml"
    file.write_text(text_of("graphml", coding()), encoding="utf-8")
    graph = networkx.read_graphml(file)
    assert graph.number_of_edges() == 3
    assert graph.nodes["SWE"]["country"] == "SWE"
