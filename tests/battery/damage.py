"""Ways in which a file of a store may be damaged: pure functions of its bytes."""

from __future__ import annotations

import random
from collections.abc import Callable

_PAGE = 4_096


def _zeroed(page: int) -> Callable[[bytes], bytes]:
    return lambda data: data[: page * _PAGE] + bytes(_PAGE) + data[(page + 1) * _PAGE :]


def _noise(seed: int, count: int) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        dice, made = random.Random(seed), bytearray(data)
        for _ in range(count):
            made[dice.randrange(len(made))] = dice.randrange(256)
        return bytes(made)

    return change


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _data: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "cut by a byte": lambda data: data[:-1],
    "its head is text": lambda data: b"this is no database" + data[19:],
    "another file": lambda _data: b"PK\x03\x04" + bytes(5_000),
    "turned round": lambda data: data[::-1],
    **{f"page {page} is zero": _zeroed(page) for page in (0, 1, 2, 3, 5, 8, 13)},
    **{f"noise {seed}": _noise(seed, count) for seed, count in ((1, 5), (2, 50), (3, 500), (4, 5_000), (5, 20_000))},
}
