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


MUCH_SECONDS, _HALVED_SECONDS = 1.0, 10.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place that somebody has, since when, and whether as one who took much of the server's time lately."""

    who: str
    heavy: bool
    since: float


@dataclass(slots=True)
class Turns:
    """The places of one event loop."""

    at_once: int
    waiting_at_most: int = 128
    patience_seconds: float = 15.0
    clock: Callable[[], float] = time.monotonic
    _running: int = 0
    _heavy: int = 0
    _used: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _waiting: dict[str, deque[asyncio.Future[Place]]] = field(default_factory=dict)

    async def take(self, who: str) -> Place | None:
        """Wait for a place, which must be given back; None where too many wait, or it takes too long."""
        if self._may(who) and who not in self._waiting:
            return self._start(who)
        if sum(map(len, self._waiting.values())) >= self.waiting_at_most:
            return None
        turn: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append(turn)
        try:
            await asyncio.wait([turn], timeout=self.patience_seconds)
        except asyncio.CancelledError:
            if turn.done():
                self.give_back(turn.result())
            else:
                self._forget(who, turn)
            raise
        if turn.done():
            return turn.result()
        self._forget(who, turn)
        return None

    def give_back(self, place: Place) -> None:
        """Give a place back, and let in whoever may come next."""
        now = self.clock()
        self._running -= 1
        self._heavy -= place.heavy
        self._used[place.who] = (self._lately(place.who) + now - place.since, now)
        self._used.move_to_end(place.who)
        while len(self._used) > _CLIENTS_AT_MOST:
            self._used.popitem(last=False)
        for who in sorted(self._waiting, key=self._lately):
            if self._may(who):
                turn = self._waiting[who][0]
                self._forget(who, turn)
                turn.set_result(self._start(who))

    def _lately(self, who: str) -> float:
        """The seconds that somebody took, those long ago counted less."""
        used, when = self._used.get(who, (0.0, 0.0))
        return float(used * 0.5 ** ((self.clock() - when) / _HALVED_SECONDS))

    def _may(self, who: str) -> bool:
        if self._running >= self.at_once:
            return False
        return self._lately(who) <= MUCH_SECONDS or self._heavy < max(1, self.at_once - 1)

    def _start(self, who: str) -> Place:
        heavy = self._lately(who) > MUCH_SECONDS
        self._running += 1
        self._heavy += heavy
        return Place(who, heavy, self.clock())

    def _forget(self, who: str, turn: asyncio.Future[Place]) -> None:
        self._waiting[who].remove(turn)
        if not self._waiting[who]:
            del self._waiting[who]
