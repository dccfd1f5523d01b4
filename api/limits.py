"""How much one client may ask: requests a minute, and bytes a request."""

from __future__ import annotations

import threading
import time
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
