"""When each row was submitted: as in England, every practice at a time of its own, and some rows later than the rest.

The sample gives all practices the same two times. A reader that learned them from the first practice would be measured
on what no real file offers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from random import Random
from typing import TypeAlias

from functions.domain.check.row import COLUMNS

Cells: TypeAlias = tuple[str, ...]
ORGANISATION, DAY, TIME = (COLUMNS.index(name) for name in ("ORG_CODE", "SUBMIT_DATE", "SUBMIT_TIME"))
LATER_ROWS, LATER = 2, timedelta(hours=3)  # as in the published layout: two rows came three hours after the others
WORKING_DAY = 12 * 3600  # seconds over which the practices' own times are spread


def own_times(*, rows: Iterable[Cells], seed: int) -> Iterator[Cells]:
    """The rows, which must stand practice by practice, with every time moved by the practice's own seconds.

    Earlier stays earlier and later later within a practice. Two rows of the most usual time become later ones.
    """
    chance = Random(seed)  # noqa: S311  # a sample to repeat, not a secret to keep
    for _, practice in groupby(rows, key=itemgetter(ORGANISATION)):
        yield from _moved(list(practice), chance)


def _moved(rows: list[Cells], chance: Random) -> Iterator[Cells]:
    sent = Counter(row[DAY : TIME + 1] for row in rows)
    (usual, _), *_ = sent.most_common(1)
    places = [number for number, row in enumerate(rows) if row[DAY : TIME + 1] == usual]
    late = frozenset(chance.sample(places, LATER_ROWS))
    own = timedelta(seconds=chance.randrange(WORKING_DAY))
    moved = {moment: _text(_moment(moment) + own) for moment in sent}
    later = _text(_moment(usual) + LATER + own)
    for number, row in enumerate(rows):
        yield (*row[:DAY], *(later if number in late else moved[row[DAY : TIME + 1]]), *row[TIME + 1 :])


def _moment(cells: Cells) -> datetime:
    return datetime.strptime(" ".join(cells), "%d/%m/%Y %H:%M:%S")  # noqa: DTZ007  # the layout names no zone


def _text(moment: datetime) -> Cells:
    return f"{moment:%d/%m/%Y}", f"{moment:%H:%M:%S}"
