"""Checks of the year and of its collections."""

from collections import Counter
from collections.abc import Iterator

from schemas.service import Collection, ServiceDocument


def year_problems(document: ServiceDocument) -> Iterator[str]:
    """The year ends after it starts."""
    if document.year.ends <= document.year.starts:
        yield f"year: it ends on {document.year.ends} but starts on {document.year.starts}; correct one of them."


def collection_problems(document: ServiceDocument) -> Iterator[str]:
    """Achievement dates are in the year, each once, and extracts arrive from the achievement date on."""
    for day, times in Counter(collection.achievement_date for collection in document.collections).items():
        if times > 1:
            yield f"collection {day}: it is listed {times} times; keep one."
        if not document.year.starts <= day <= document.year.ends:
            yield f"collection {day}: it is not in the year; move it between its first day and its last."
    for collection in document.collections:
        yield from _window(collection)


def _window(collection: Collection) -> Iterator[str]:
    day, opens, closes = collection.achievement_date, collection.window.opens, collection.window.closes
    if opens < day:
        yield f"collection {day}: its window opens on {opens}, before that date; open it on the date or later."
    if closes < opens:
        yield f"collection {day}: its window closes on {closes} but opens on {opens}; correct one of them."
