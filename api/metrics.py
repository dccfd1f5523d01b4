"""What the server counts for Prometheus. Each worker counts its own requests."""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Counters of one application; labels are a route's pattern, never an address, so that their number is small."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    answers: Counter

    @classmethod
    def new(cls) -> Metrics:
        registry = CollectorRegistry()
        return cls(
            registry,
            Counter("plan_assistant_requests", "Requests answered", ["route", "status"], registry=registry),
            Histogram("plan_assistant_request_seconds", "Server time", ["route"], registry=registry, buckets=_SECONDS),
            Counter("plan_assistant_answers", "Questions answered, by status", ["status"], registry=registry),
        )

    def text(self) -> bytes:
        """The counts in the text format of Prometheus."""
        return generate_latest(self.registry)
