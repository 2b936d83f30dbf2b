"""The bytes of a text as words, so that all of its rows can be looked at together.

A word is eight neighbouring bytes as one number, the first of them its lowest. Arithmetic on words wraps around, which
is what the tricks with them rely on; counts are never added or multiplied here.
"""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Words: TypeAlias = NDArray[np.uint64]
Numbers: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]

WORD = 8  # bytes
ZEROS = np.uint64(0x3030303030303030)  # eight times "0"
COMMAS = np.uint64(0x2C2C2C2C2C2C2C2C)
ONES = np.uint64(0x0101010101010101)
TOPS = np.uint64(0x8080808080808080)
_NUMBERED = np.uint64(0x0001020304050607)
_ABOVE_NINE = np.uint64(0x4646464646464646)  # what takes a byte above "9" over its top bit


class Octets:
    """A text, of which many pieces of the same length can be taken together."""

    def __init__(self, *, text: bytes) -> None:
        self.text = text

    def breaks(self, *, end: int) -> Numbers:
        """Where line breaks stand, up to an end."""
        found = np.frombuffer(self.text, np.uint8, end) == ord("\n")
        whole = end // WORD * WORD
        eights = found[:whole].view("<u8")
        places: Numbers = np.flatnonzero(eights != 0)
        within = eights[places]
        if (within & (within - np.uint64(1))).any():  # two within eight bytes
            return np.flatnonzero(found)
        within *= _NUMBERED  # the one byte that is set moves its own number to the top
        within >>= np.uint64(8 * (WORD - 1))
        places *= WORD
        places += within.view(np.int64)
        return np.concatenate((places, whole + np.flatnonzero(found[whole:])))

    def last_start(self, *, words: int) -> int:
        """The last place at which so many words may begin."""
        return len(self.text) - words * WORD

    def pieces(self, *, starts: Numbers, words: int) -> Words:
        """The words from each start on, a row each. No start may be after `last_start`, which may not be negative."""
        size = words * WORD
        every = np.ndarray((self.last_start(words=words) + 1,), f"V{size}", self.text, strides=(1,))
        return every[starts].view("<u8").reshape(-1, words)


def words_of(texts: Iterable[bytes], *, words: int) -> Words:
    """Texts as so many words each, those that are shorter with zero bytes behind them."""
    found = np.frombuffer(b"".join(text.ljust(words * WORD, b"\0") for text in texts), "<u8")
    return found.reshape(-1, words)


def masks(lengths: Iterable[int], *, words: int) -> Words:
    """What keeps the first bytes of a piece of so many words, for each of the lengths."""
    return words_of((b"\xff" * length for length in lengths), words=words)


def begins(pieces: Words, *, pattern: bytes) -> Truths:
    """Which pieces begin with a pattern."""
    count = -(-len(pattern) // WORD)
    wanted, kept = words_of((pattern,), words=count)[0], masks((len(pattern),), words=count)[0]
    same = np.ones(len(pieces), np.bool_)
    for number in range(count):
        same &= pieces[:, number] & kept[number] == wanted[number]
    return same


def digits(words: Words) -> Truths:
    """Where all eight bytes of ASCII text are digits."""
    found: Truths = ((words + _ABOVE_NINE) | (words - ZEROS)) & TOPS == 0
    return found


def numbers(words: Words) -> Numbers:
    """The numbers that words of eight digits write."""
    pairs = (words - ZEROS) * np.uint64(10) + ((words - ZEROS) >> np.uint64(8))
    low, high = np.uint64(0x000000FF000000FF), np.uint64(16)
    fours = (pairs & low) * np.uint64(0x000F424000000064) + ((pairs >> high) & low) * np.uint64(0x0000271000000001)
    found: Numbers = (fours >> np.uint64(32)).astype(np.int64)
    return found
