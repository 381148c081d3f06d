"""Texts that say much the same, put together: average linkage, cut at a threshold.

Groups are joined, always two of which each is the other's nearest, until none are near enough.
The mean cosine between two groups of unit vectors is the product of their sums over the number
of pairs, so a group is its sum, and no matrix of all pairs is ever made (nearest-neighbour
chain: Murtagh, A survey of recent advances in hierarchical clustering algorithms, 1983).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# Sums of floats differ by their order: what is nearer by less than this is as near.
_EQUAL = np.float32(1e-5)


def grouped(vectors: Floats, threshold: float) -> list[list[int]]:
    """The rows of `vectors` (n, dim; float32, unit length) by group, each in ascending order.

    Within a group the mean cosine of the two halves that were joined last is at least
    `threshold`, above 0; between two groups it is less.  The same vectors give the same groups.
    n² · dim products in the worst case, and memory for a copy of `vectors`.
    """
    groups = _Groups.of(vectors)
    done: list[list[int]] = []
    while groups:
        done.append(groups.take_one(threshold))
    return sorted(sorted(rows) for rows in done)


class _Groups:
    """`sums` (n, dim) and `sizes` (n,) of the groups that may still be joined; one that is gone
    has no members and the sum 0, which is near to nothing."""

    def __init__(self, sums: Floats, sizes: Floats, members: list[list[int]]) -> None:
        self._sums = sums
        self._sizes = sizes
        self._members = members
        self._left = len(members)

    @classmethod
    def of(cls, vectors: Floats) -> _Groups:
        count = len(vectors)
        return cls(vectors.copy(), np.ones(count, np.float32), [[row] for row in range(count)])

    def __bool__(self) -> bool:
        return self._left > 0

    def take_one(self, threshold: float) -> list[int]:
        """Join groups until one is near to no other; it leaves."""
        self._make_room()
        chain: list[int] = []  # each followed by its nearest
        while True:
            if not chain:
                chain.append(next(row for row, rows in enumerate(self._members) if rows))
            last, before = chain[-1], chain[-2] if len(chain) > 1 else None
            nearest, cosine = self._nearest(last, before)
            if cosine < threshold:
                return self._leave(last)
            if nearest == before:
                del chain[-2:]
                self._join(*sorted((last, nearest)))
            else:
                chain.append(nearest)

    def _nearest(self, number: int, before: int | None) -> tuple[int, float]:
        """The nearest group and its mean cosine; the one before it in the chain where that is
        as near as any, for else the chain might never end."""
        cosines = self._sums @ self._sums[number]
        cosines /= self._sizes * self._sizes[number]
        cosines[number] = -1
        nearest = int(cosines.argmax())
        if before is not None and cosines[before] >= cosines[nearest] - _EQUAL:
            nearest = before
        return nearest, float(cosines[nearest])

    def _join(self, number: int, other: int) -> None:
        self._sums[number] += self._sums[other]
        self._sizes[number] += self._sizes[other]
        self._members[number] += self._leave(other)

    def _leave(self, number: int) -> list[int]:
        members, self._members[number] = self._members[number], []
        self._sums[number], self._sizes[number] = 0, 1
        self._left -= 1
        return members

    def _make_room(self) -> None:
        """Forget those that are gone, where they are most: they cost as much as the others."""
        if 2 * self._left < len(self._members):
            rows = [row for row, members in enumerate(self._members) if members]
            self._sums, self._sizes = self._sums[rows], self._sizes[rows]
            self._members = [self._members[row] for row in rows]


def central(vectors: Floats, rows: Sequence[int]) -> int:
    """The one of `rows` whose vector is nearest to the sum of all of theirs; the first of
    equals."""
    inside = vectors[list(rows)]
    return rows[int((inside @ inside.sum(0)).argmax())]
