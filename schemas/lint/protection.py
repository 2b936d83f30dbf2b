"""Checks of the protection of points: which indicators, and those of which service."""

from collections import Counter
from collections.abc import Iterator

from schemas.service import ServiceDocument


def protection_problems(document: ServiceDocument) -> Iterator[str]:
    """Protected indicators carry points, stand once, and are protected at the points of another service."""
    protection = document.protection
    if protection is None:
        return
    scored = {indicator.code for indicator in document.scored}
    for code, times in Counter(protection.indicators).items():
        if code not in scored:
            yield f"protection: {code} carries no points here; remove it, or correct the code."
        if times > 1:
            yield f"protection: {code} stands {times} times; keep it once."
    if protection.points_of == document.code:
        yield f"protection: {document.code} cannot keep points of itself; name the earlier service."
