"""Names of indicators and fields that a service does not have: the one that may be meant, and what may be shown."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from fractions import Fraction
from functools import lru_cache

from functions.domain.check.problems import shown

MOST = 1_000  # wrong names of a file that a near one is looked for: it takes a while, and a file may invent millions
LONGEST = 200  # characters of a name that are compared: those of a service have half as many
ADDED = 8  # characters that a name which is shown may have beside those of a known one: too few for a person's
_MARKS, _LETTER_O, _ZEROS = re.compile(r"[\W_]+"), re.compile(r"o+(?=\d)|(?<=\d)o+"), re.compile(r"(?<!\d)0+(?=\d)")
REMEMBERED = 2**10  # answers kept: a wrong name often stands in every practice


class Names:
    """Looks for near names. `seen` holds those of which one was looked for, and is added to."""

    def __init__(self, *, seen: set[str]) -> None:
        self._seen = seen

    def hint(self, *, name: str, known: tuple[str, ...], of: str = "") -> str:
        """A sentence with the known name that may be meant, or where all are listed; `of` says whose names they are."""
        near = self._near(name, known, of)
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
    """The one known name that is meant: the same but for capitals, blanks, marks and zeros; that another goes on from
    or breaks off; or that is most like it. Nothing where none is, or several are as much.
    """
    spellings, plain = _spellings(known), name.strip().casefold()
    for meant in (
        spellings.plain.get(plain, ()),
        spellings.bare.get(_bare(name), ()),
        [one for one in known if plain and (plain.startswith(one.casefold()) or one.casefold().startswith(plain))],
    ):
        if len(meant) == 1:
            return meant[0]
    best = get_close_matches(plain, spellings.plain, n=2)
    if not best or len({_likeness(plain, one) for one in best}) < len(best):
        return ""
    return spellings.plain[best[0]][0]


@dataclass(frozen=True, slots=True)
class _Spellings:
    """Known names by how they are written plainly, and by what is left without anything that people write otherwise."""

    plain: Mapping[str, Sequence[str]]
    bare: Mapping[str, Sequence[str]]


@lru_cache(maxsize=REMEMBERED)
def _spellings(known: tuple[str, ...]) -> _Spellings:
    plain, bare = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for one in known:
        plain[one.casefold()].append(one)
        bare[_bare(one)].append(one)
    return _Spellings(plain=plain, bare=bare)


def _bare(name: str) -> str:
    """A name without what people write otherwise: capitals, blanks, marks, an O for a 0, zeros before a number."""
    return _ZEROS.sub("", _LETTER_O.sub("0", _MARKS.sub("", name.casefold())))


def _likeness(name: str, known: str) -> Fraction:
    """How like two names are, as `get_close_matches` has it, but for its doubles."""
    same = sum(block.size for block in SequenceMatcher(None, known, name).get_matching_blocks())
    return Fraction(same, len(name) + len(known))


@lru_cache(maxsize=REMEMBERED)
def _compared(name: str, near: str) -> str:
    """The name, whole where four of five letters of both are the same, in the same order."""
    matcher = SequenceMatcher(None, near.casefold(), name.casefold(), autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    nearly = 5 * 2 * same >= 4 * (len(name) + len(near)) and len(name) - same <= ADDED
    return name if nearly else shown(name)
