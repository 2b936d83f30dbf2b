"""Names of indicators and fields that a service does not have: the one that may be meant, and what may be shown."""

from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from functions.domain.check.problems import shown

MOST = 1_000  # wrong names of a file that a near one is looked for: it takes a while, and a file may invent millions
LONGEST = 200  # characters of a name that are compared: those of a service have half as many
ADDED = 8  # characters that a name which is shown may have beside those of a known one: too few for a person's
REMEMBERED = 2**10  # answers kept: a wrong name often stands in every practice


class Names:
    """Looks for near names. `seen` holds those of which one was looked for, and is added to."""

    def __init__(self, *, seen: set[str]) -> None:
        self._seen = seen

    def hint(self, *, name: str, known: tuple[str, ...], of: str = "") -> str:
        """A sentence with the known name that may be meant, or where all are listed; `of` says whose names they are."""
        near = self._near(name, known, of) or self._near(name.upper(), known, of)
        return f" Did you mean {near}?" if near else " `cqrs services show` lists the names that it knows."

    def shown(self, *, name: str, known: tuple[str, ...], of: str = "") -> str:
        """A name as a report may repeat it: whole where it is nearly one that is known, which names no person."""
        if name in known:
            return name
        near = self._near(name, known, of)
        return _compared(name, near) if near else shown(name)

    def _near(self, name: str, known: tuple[str, ...], of: str) -> str:
        place = f"{of},{name}"
        if len(name) > LONGEST or (place not in self._seen and len(self._seen) >= MOST):
            return ""
        self._seen.add(place)
        return _nearest(name, known)


@lru_cache(maxsize=REMEMBERED)
def _nearest(name: str, known: tuple[str, ...]) -> str:
    """The one known name that another goes on from or breaks off, or that is most like it; nothing where none is."""
    begun = [one for one in known if name.startswith(one) or one.startswith(name)]
    return begun[0] if len(begun) == 1 else "".join(get_close_matches(name, known, n=1))


@lru_cache(maxsize=REMEMBERED)
def _compared(name: str, near: str) -> str:
    """The name, whole where four of five letters of both are the same, in the same order."""
    same = sum(block.size for block in SequenceMatcher(None, near, name, autojunk=False).get_matching_blocks())
    nearly = 5 * 2 * same >= 4 * (len(name) + len(near)) and len(name) - same <= ADDED
    return name if nearly else shown(name)
