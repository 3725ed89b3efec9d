"""In: promises, and the later stories of a store one after another. Out: what these tell of each promise in plain words.

Every story is held against those promises whose sides it names, and only read where that was not done before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from dragoman import knowledge
from dragoman.console import steps
from dragoman.expectations.matter import Matter, matter_of
from dragoman.expectations.outcomes import in_order, is_in_time, last_told, revisions
from dragoman.expectations.promises import Promise
from dragoman.expectations.stories import Story, story_of
from dragoman.expectations.telling import Told
from dragoman.expectations.telling import told as told_of
from dragoman.settling import kept
from dragoman.settling.kept import Holding, Known
from dragoman.store import Store, expected
from dragoman.store.expected import StoryRow

LOOKED_AT = 100  # stories that are held against one promise
AT_ONCE = 1_000  # promises of which is kept at once what stories tell
NEVER = "9999-12-31"


class Later:
    """A later story, which is read when it is first held against a promise of which it is not known yet what it tells."""

    def __init__(self, row: StoryRow) -> None:
        self.id, self.published, self.mark, self.text = row.id, row.published, row.mark, row.text
        self.sides = set(row.sides)
        self._row = row
        self._has: dict[str | None, bool] = {None: False}

    def has(self, name: str | None) -> bool:
        """Whether a name stands in the text."""
        if name not in self._has:
            self._has[name] = name in self.text  # type: ignore[operator]
        return self._has[name]

    @cached_property
    def story(self) -> Story:
        return story_of(self.id, self.published, self.text, zip(self._row.places, self._row.sides, strict=True))


class Followed:
    """A promise, and what the stories that were held against it tell, by the marks of these.

    ``is_moved`` where another one moves its day: which story tells in time that it came is not known then, and all are read.
    """

    def __init__(self, promise: Promise, mark: str, known: Known | None, is_moved: bool) -> None:
        self.promise = promise
        self.mark = mark
        self.last = last_told(promise)
        self.held: dict[int, Told | None] = {}
        self.is_over = False
        self._known = known
        self._is_moved = is_moved

    @cached_property
    def matter(self) -> Matter:
        return matter_of(self.promise)

    @cached_property
    def before(self) -> dict[int, Told | None]:
        """What is known of stories that were held against it before."""
        return {mark: self._known.told.get(place) for place, mark in enumerate(self._known.held)} if self._known is not None else {}

    def hold(self, later: Later) -> None:
        """Holds the next story against it, if it can still tell of it."""
        if later.published > self.last:
            self.is_over = True
        elif later.id != self.promise.article_id:
            found = self.before[later.mark] if later.mark in self.before else told_of(self.matter, later.story)
            self.held[later.mark] = found
            self.is_over = len(self.held) == LOOKED_AT or (found is not None and self._is_decided_by(found))

    def _is_decided_by(self, one: Told) -> bool:
        return one.says == "broken" or (not self._is_moved and is_in_time(one, self.promise.due))

    def told(self) -> list[Told]:
        return [one for one in self.held.values() if one is not None]

    def holding(self) -> Holding:
        return Holding(self.promise.id, self.mark, self.promise.published, self.last, self.held)


class Between:
    """The promises between the same two sides that are not over."""

    def __init__(self, promise: Promise) -> None:
        country = knowledge.load().country_name
        sides = promise.from_, promise.to
        self.from_, self.to = sides
        self.from_name, self.to_name = (country(side or "") or name for side, name in zip(sides, promise.names, strict=True))
        self.open: list[Followed] = []

    def is_named_in(self, later: Later) -> bool:
        """Whether the records of a story name one side, and the records or the text the other."""
        if self.from_ in later.sides:
            return self.to is None or self.to in later.sides or later.has(self.to_name)
        return self.to in later.sides and later.has(self.from_name)


class Open:
    """Promises that are not over, by their sides."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[object, ...], Between] = {}
        self._naming: dict[str | None, list[Between]] = {}

    def add(self, one: Followed) -> None:
        promise = one.promise
        key = promise.from_, promise.to, *promise.names
        if key not in self._pairs:
            pair = self._pairs[key] = Between(promise)
            for side in {pair.from_, pair.to}:
                self._naming.setdefault(side, []).append(pair)
        self._pairs[key].open.append(one)

    def named_in(self, later: Later) -> Iterator[Between]:
        """Those between sides that a story names, each once."""
        for side in later.sides:
            for pair in self._naming.get(side, ()):
                if pair.open and (side == pair.from_ or pair.from_ not in later.sides) and pair.is_named_in(later):
                    yield pair

    def all(self) -> Iterator[Followed]:
        return (one for pair in self._pairs.values() for one in pair.open)


def followed(stories: Iterable[StoryRow], promises: Iterable[Followed]) -> Iterator[Followed]:
    """Each promise when all stories that may tell of it were held against it; these come in the order of publication."""
    waiting, there = deque(sorted(promises, key=lambda one: one.promise.published)), Open()
    for row in stories:
        later = Later(row)
        while waiting and waiting[0].promise.published <= later.published:
            there.add(waiting.popleft())
        for pair in there.named_in(later):
            for one in pair.open:
                one.hold(later)
            if over := [one for one in pair.open if one.is_over]:
                pair.open = [one for one in pair.open if not one.is_over]
                yield from over
    yield from there.all()
    yield from waiting


def told_in(store: Store, promises: list[Promise], among: list[Promise], shown: bool = False) -> tuple[dict[str, list[Told]], set[str]]:
    """What stories of a store that has texts say of promises in plain words, by their ids; and the articles that have texts.

    Of each promise the stories are read in the order of publication, up to the first that decides it. Where another ``among`` all
    promises moves its day, those that tell that it came are all read: which was in time is not known yet. What is read is kept for the
    next question. With ``shown`` a bar tells of it.
    """
    read = expected.with_texts(store.connection)
    if not read or not promises:
        return {}, read
    moved = {earlier.id for _, earlier in revisions(in_order(among, NEVER)).values()}
    marks = {promise.id: kept.mark_of(promise, promise.id in moved) for promise in promises}
    with kept.opened(store) as memory:
        known = memory.known(marks)
        told = {id: list(one.told.values()) for id, one in known.items() if one.is_all}
        if left := [promise for promise in promises if promise.id not in told]:
            some = (Followed(one, marks[one.id], known.get(one.id), one.id in moved) for one in left)
            first, last = min(one.published for one in left), max(map(last_told, left))
            sides = {side for one in left for side in (one.from_, one.to) if side is not None}
            stories = expected.stories(store.connection, sides, first, last)
            with steps(expected.count_stories(store.connection, first, last), shown) as on_step:
                told |= _kept_of(followed(_counted(stories, on_step), some), memory)
    return told, read


def _counted(stories: Iterable[StoryRow], on_step: Callable[[int, str], None]) -> Iterator[StoryRow]:
    for row in stories:
        yield row
        on_step(1, "read")


def _kept_of(promises: Iterable[Followed], memory: kept.Kept) -> dict[str, list[Told]]:
    """What stories tell of promises; it is kept, also where somebody interrupts it."""
    told: dict[str, list[Told]] = {}
    done: list[Holding] = []
    try:
        for one in promises:
            told[one.promise.id] = one.told()
            done.append(one.holding())
            if len(done) == AT_ONCE:
                memory.keep(done)
                done = []
    finally:
        memory.keep(done)
    return told
