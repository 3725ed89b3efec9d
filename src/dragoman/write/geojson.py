"""GeoJSON (RFC 7946) for maps. In: codings. Out: a FeatureCollection, one event a line.

The geometry is the point where an event took place, null where that is not known: nothing is placed by its actors' countries.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from dragoman.schema import ArticleRecord, Coding, Event, Place
from dragoman.write import wording
from dragoman.write.plain import one_json_line

HEAD, FOOT = '{"type":"FeatureCollection","features":[', "]}\n"


class GeoJsonWriter:
    """Writes every event of a coding as a feature, as it comes."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.before = "\n"
        stream.write(HEAD)

    def write(self, coding: Coding) -> None:
        for event in coding.events:
            line = json.dumps(feature(event, coding.article), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
            self.stream.write(self.before + one_json_line(line))
            self.before = ",\n"

    def close(self) -> None:
        self.stream.write(("\n" if self.before != "\n" else "") + FOOT)
        self.stream.flush()


def feature(event: Event, article: ArticleRecord | None) -> dict[str, Any]:
    properties = {
        "type": event.type,
        "modes": event.mode,
        "auxiliary": event.aux,
        "contexts": event.context,
        "quad": event.quad,
        "score": event.score,
        "actors": [wording.party(entity) for entity in event.actor],
        "recipients": [wording.party(entity) for entity in event.recipient],
        "date": event.date.value if event.date else None,
        "until": event.date.until if event.date else None,
        "place": event.place.name or event.place.text if event.place else None,
        "country": event.place.country if event.place else None,
        "region": event.place.region if event.place else None,
        "kind": event.place.kind if event.place else None,
        "uncertainty_km": event.place.uncertainty if event.place else None,
        "status": event.status,
        "attributed_to": wording.party(event.attributed_to) if event.attributed_to else None,
        "sentence": wording.sentence(event),
        "article_id": event.article_id,
        "published": article.published.value if article else None,
        "url": article.url if article else None,
    }
    return {"type": "Feature", "id": event.id, "geometry": point(event.place), "properties": properties}


def point(place: Place | None) -> dict[str, Any] | None:
    """Longitude before latitude, as the standard has it; None without both, or with what is none of a globe's."""
    if place is None or place.lat is None or place.lon is None or not (abs(place.lat) <= 90 and abs(place.lon) <= 180):
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}
