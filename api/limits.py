"""How much one client may ask, and whose turn is next where more is asked than can be worked on at once."""

import asyncio
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

_CLIENTS_AT_MOST = 10_000


@dataclass(slots=True)
class RateLimit:
    """A bucket a client: it holds `most` requests and fills evenly. Counts are of this process alone."""

    most: int
    seconds: float = 60.0
    """How long an empty bucket takes to fill."""
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_seconds(self, client: str, cost: int = 1) -> float:
        """Take what a request costs; 0 where it may go on, else how long to wait before the next."""
        cost = min(cost, self.most)
        now = self.clock()
        with self._lock:
            left, since = self._buckets.pop(client, (float(self.most), now))
            left = min(float(self.most), left + (now - since) * self.most / self.seconds)
            if len(self._buckets) >= _CLIENTS_AT_MOST:
                self._buckets.pop(next(iter(self._buckets)))
            self._buckets[client] = (left - cost if left >= cost else left, now)
        return 0.0 if left >= cost else (cost - left) * self.seconds / self.most


MUCH_SECONDS, _HALVED_SECONDS, _WAY_SECONDS = 1.0, 10.0, 0.05
"""A request that took so long makes its sender's next ones heavy, for a while; how soon that is forgotten by half."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that somebody has, since when, and whether for what is likely to take long."""

    who: str
    heavy: bool
    since: float


@dataclass(slots=True)
class Turns:
    """The places of one event loop. What is heavy shares at most half of them, so that the rest is served beside it."""

    at_once: int
    waiting_at_most: int = 128
    patience_seconds: float = 15.0
    clock: Callable[[], float] = time.monotonic
    _running: int = 0
    _heavy: int = 0
    _used: OrderedDict[str, tuple[float, float, float]] = field(default_factory=OrderedDict)
    _waiting: dict[str, deque[tuple[bool, asyncio.Future[Place]]]] = field(default_factory=dict)

    async def take(self, who: str, long: bool = False) -> Place | None:
        """Wait for a place, which must be given back; None where too many wait, or it takes too long.

        Args: long, True for a request that is long in itself.
        """
        if who not in self._waiting and (place := self._started(who, long)):
            return place
        if sum(map(len, self._waiting.values())) >= self.waiting_at_most:
            return None
        turn: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append((long, turn))
        try:
            await asyncio.wait([turn], timeout=self.patience_seconds)
        except asyncio.CancelledError:
            if turn.done():
                self.give_back(turn.result())
            else:
                self._forget(who, (long, turn))
            raise
        if turn.done():
            return turn.result()
        self._forget(who, (long, turn))
        return None

    def give_back(self, place: Place) -> None:
        """Give a place back, and let in whoever may come next: who took least of the server's time lately."""
        now = self.clock()
        self._running -= 1
        self._heavy -= place.heavy
        (used, longest), took = self._lately(place.who), now - place.since
        self._used[place.who] = (used + took, max(longest, took), now)
        self._used.move_to_end(place.who)
        while len(self._used) > _CLIENTS_AT_MOST:
            self._used.popitem(last=False)
        for who in sorted(self._waiting, key=self._lately):
            long, turn = self._waiting[who][0]
            if next_place := self._started(who, long):
                self._forget(who, (long, turn))
                turn.set_result(next_place)

    def make_way(self) -> None:
        """Wait a moment, in the thread of what is heavy, while something else is worked on."""
        until = self.clock() + _WAY_SECONDS
        while self._running > self._heavy and self.clock() < until:
            time.sleep(0.001)

    def _lately(self, who: str) -> tuple[float, float]:
        """The seconds that somebody took and those of their longest request, those long ago counted less."""
        used, longest, when = self._used.get(who, (0.0, 0.0, 0.0))
        left = 0.5 ** ((self.clock() - when) / _HALVED_SECONDS)
        return used * left, longest * left

    def _started(self, who: str, long: bool) -> Place | None:
        """A place for somebody's request; None where it must wait."""
        heavy = long or self._lately(who)[1] > MUCH_SECONDS
        if self._running >= self.at_once or (heavy and self._heavy >= max(1, self.at_once // 2)):
            return None
        self._running += 1
        self._heavy += heavy
        return Place(who, heavy, self.clock())

    def _forget(self, who: str, waiting: tuple[bool, asyncio.Future[Place]]) -> None:
        self._waiting[who].remove(waiting)
        if not self._waiting[who]:
            del self._waiting[who]
