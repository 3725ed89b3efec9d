"""Groups from links. In: pairs that belong together. Out: the groups, the same in whatever order the pairs came."""

from __future__ import annotations

import heapq
from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

import numpy as np

Member = TypeVar("Member", bound=Hashable)
Link = tuple[str, str, float]


class Groups(Generic[Member]):
    """What hangs together by any chain of links."""

    def __init__(self) -> None:
        self._parents: dict[Member, Member] = {}

    def root(self, member: Member) -> Member:
        found = member
        while (parent := self._parents.setdefault(found, found)) != found:
            found = parent
        while self._parents[member] != found:
            self._parents[member], member = found, self._parents[member]
        return found

    def link(self, one: Member, other: Member) -> None:
        self._parents[self.root(one)] = self.root(other)

    def all(self) -> list[list[Member]]:
        """Every group of those that were linked or asked for."""
        found: dict[Member, list[Member]] = defaultdict(list)
        for member in list(self._parents):
            found[self.root(member)].append(member)
        return list(found.values())


class Roots:
    """What hangs together by any chain of links, of members that are numbers from 0 on: four bytes each."""

    def __init__(self, members: int) -> None:
        self._parents = array("i", range(members))

    def __len__(self) -> int:
        return len(self._parents)

    def link(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._parents[second] = first

    def _root(self, member: int) -> int:
        parents = self._parents
        while (parent := parents[member]) != member:
            parents[member] = member = parents[parent]
        return member

    def all(self) -> np.ndarray[Any, Any]:
        """For each member the smallest that it hangs together with."""
        for member in range(len(self._parents)):
            self._parents[member] = self._parents[self._parents[member]]  # a parent is smaller, so it is a root by now
        return np.frombuffer(self._parents, np.intc)


def clusters(links: Iterable[Link], enough: float) -> list[list[str]]:
    """Clusters of members whose links are strong on average, each sorted, in the order of their first members.

    Links are (member, member, strength above 0). The strongest are taken first; two clusters become one if the mean strength between
    their members, a missing link counting as 0, is at least ``enough``. So a chain of likenesses does not run through a whole war, and
    the result depends on the links alone.
    """
    linkage = Linkage(links)
    while linkage.join_strongest(enough):
        pass
    return sorted(sorted(members) for members in linkage.members.values())


def clusters_over(links: Iterable[Link], enough: float, article: Mapping[str, str]) -> list[list[str]]:
    """Clusters of reports, where articles rather than reports agree: what an article tells of one event in two words is first put together,
    and then linked to another article by its strongest link, so that the weaker word does not part them. Links are gone through twice."""
    inside = clusters((link for link in links if article[link[0]] == article[link[1]]), enough)
    name_of = {member: group[0] for group in inside for member in group}
    across = (
        (name_of.setdefault(one, one), name_of.setdefault(other, other), strength)
        for one, other, strength in links
        if article[one] != article[other]
    )
    linked = clusters(across, enough)
    members: dict[str, list[str]] = defaultdict(list)
    for member, name in name_of.items():
        members[name].append(member)
    found = [[member for name in names for member in members.pop(name)] for names in linked]
    return sorted(sorted(group) for group in (*found, *members.values()))


class Linkage:
    """Clusters, each under the name of its first member, and the sum of the links between any two of them; of two members the strongest."""

    def __init__(self, links: Iterable[Link]) -> None:
        self.sums: dict[str, dict[str, float]] = defaultdict(dict)
        for one, other, strength in links:
            self.sums[one][other] = self.sums[other][one] = max(strength, self.sums[one].get(other, 0.0))
        self.members = {name: [name] for name in self.sums}
        self.waiting = [(-strength, one, other) for one, others in self.sums.items() for other, strength in others.items() if one < other]
        heapq.heapify(self.waiting)

    def mean(self, one: str, other: str) -> float:
        return self.sums[one][other] / (len(self.members[one]) * len(self.members[other]))

    def join_strongest(self, enough: float) -> bool:
        """Makes one of the two clusters with the highest mean; False where none is high enough."""
        while self.waiting:
            negative, one, other = heapq.heappop(self.waiting)
            stale = other not in self.sums.get(one, ()) or -negative != self.mean(one, other)
            if stale:
                continue
            if -negative < enough:
                return False
            self.join(one, other)
            return True
        return False

    def join(self, one: str, other: str) -> None:
        """Puts the second into the first, which keeps its name: it is the smaller, so the name is that of the first member."""
        self.members[one] += self.members.pop(other)
        del self.sums[one][other]
        for third, strength in self.sums.pop(other).items():
            if third == one:
                continue
            del self.sums[third][other]
            self.sums[one][third] = self.sums[third][one] = self.sums[one].get(third, 0.0) + strength
        for third in self.sums[one]:
            first, second = sorted((one, third))
            heapq.heappush(self.waiting, (-self.mean(first, second), first, second))
