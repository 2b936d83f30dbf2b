"""Counts chosen so that careless arithmetic gives the wrong points: they land half way between two hundredths."""

from collections.abc import Iterator
from decimal import Decimal
from math import gcd

from schemas.service import Indicator

PRIMES = (3, 7, 11)  # denominators that no power of ten divides: their shares never end as decimals
LARGEST = 1_600  # denominators up to here: a practice of usual size has registers as large


def ties(*, indicator: Indicator) -> tuple[tuple[int, int], ...]:
    """Pairs of numerator and denominator (3k, 7k or 11k) for which a share earns points of x.xx5 exactly.

    A step is whole hundredths, so only the points above it matter; and where lower is better, points are what the
    other direction leaves of whole hundredths, so that the pairs are the same.
    """
    lower, upper = indicator.lower, indicator.upper
    if lower is None or upper is None:
        return ()
    denominators = sorted({prime * k for prime in PRIMES for k in range(1, LARGEST // prime + 1)})
    sloping = indicator.points - (indicator.step or 0)
    points, low, high = (_hundredths(figure) for figure in (sloping, lower, upper))
    return tuple((n, d) for d in denominators for n in _numerators(points, low, high, d))


def _numerators(points: int, lower: int, upper: int, denominator: int) -> Iterator[int]:
    """Solve points x (10,000 n - lower d) / (span d) = k + 1/2 for whole n between the thresholds, d given."""
    whole = 2 * (upper - lower) * denominator
    factor = 20_000 * points
    wanted = whole // 2 + 2 * points * lower * denominator
    common = gcd(factor, whole)
    if wanted % common:
        return
    step = whole // common
    first = wanted // common * pow(factor // common, -1, step) % step
    for numerator in range(first, denominator + 1, step):
        if lower * denominator < 10_000 * numerator < upper * denominator:
            yield numerator


def _hundredths(figure: Decimal) -> int:
    return int(figure * 100)
