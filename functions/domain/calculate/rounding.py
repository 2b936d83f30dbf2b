"""The one way a fraction becomes a whole number."""


def half_up(*, numerator: int, denominator: int) -> int:
    """The whole number nearest to numerator / denominator, a tie going up. Exact: no division before the last.

    `numerator` must not be negative and `denominator` must be positive (ValueError otherwise): below zero "up" has
    two meanings, and nothing we round is below zero.
    """
    if numerator < 0 or denominator <= 0:
        raise ValueError(
            f"half_up needs a numerator of 0 or more and a positive denominator: {numerator}/{denominator}"
        )
    return (2 * numerator + denominator) // (2 * denominator)
