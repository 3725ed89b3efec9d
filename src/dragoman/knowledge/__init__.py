"""Facts with dates: what names mean, who held which office when. In: the tables of data/. Out: ``load() -> Knowledge``."""

from dragoman.knowledge.base import Knowledge, Role, common, current, ended, held, title_key
from dragoman.knowledge.facts import Agent, Holding, Membership, Name, Organisation, Person, Title
from dragoman.knowledge.loading import country_names, load, load_from

__all__ = [
    "Agent",
    "Holding",
    "Knowledge",
    "Membership",
    "Name",
    "Organisation",
    "Person",
    "Role",
    "Title",
    "common",
    "country_names",
    "current",
    "ended",
    "held",
    "load",
    "load_from",
    "title_key",
]
