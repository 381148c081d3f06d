"""A share with what it is a share of, and how far chance may have moved it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)  # 95 % lie within so many standard deviations


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` of `of`.

    >>> Rate(12, 15).share, Rate(0, 0).share
    (0.8, None)
    """

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """0–1, None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 %, 0–1; None of nothing.  Wilson's (1927), which is right for a dozen verdicts, and
        for none or all of them, too.

        >>> "{:.3f} {:.3f}".format(*Rate(12, 15).interval)
        '0.548 0.930'
        """
        if not self.of:
            return None
        share, spread = self.count / self.of, Z * Z / self.of
        middle = share + spread / 2
        width = sqrt(spread * share * (1 - share) + spread * spread / 4)
        low, high = (middle - width) / (1 + spread), (middle + width) / (1 + spread)
        return max(0.0, min(low, share)), min(1.0, max(high, share))  # as far as floats are exact
