"""The names of a row, indicator and field, found for many rows together."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from functions.domain.check.octets import WORD, Numbers, Truths, Words, masks, words_of

_KEY_BITS = 16  # of a key's product: its highest bits are the most mixed
_TRIES = 64
_MIX, _STEP = 6364136223846793005, 1442695040888963407  # Knuth's (MMIX): each try's factors follow from those before
_BIT_64 = 2**64

Factors: TypeAlias = tuple[np.uint64, ...]


class Labels:
    """The slots of a grid by their labels: the bytes of indicator and field as a row has them, each with its comma.

    `words` is how many of them the longest takes. A label is found by a key, made from all of its words, and then
    compared. Where two have the same key, the first is not found here.
    """

    def __init__(self, *, labels: Sequence[bytes]) -> None:
        self.words = -(-max(map(len, labels), default=1) // WORD)
        self._masks = _columns(masks(range(self.words * WORD + 1), words=self.words))
        self._labels = _columns(words_of(labels, words=self.words))
        self._factors, self._slots = self._table()

    def find(self, *, pieces: Words, lengths: Numbers) -> tuple[Numbers, Truths]:
        """The slot of the label that each piece of `words` begins with, so many bytes long, and where there is one."""
        found = (lengths > 0) & (lengths <= self.words * WORD)
        lengths = np.where(found, lengths, 0)
        columns = _columns(pieces)
        for column, kept in zip(columns, self._masks, strict=True):
            np.bitwise_and(column, kept[lengths], out=column)
        slots = self._slots[_keys(self._factors, columns)]
        for column, label in zip(columns, self._labels, strict=True):
            found &= column == label[slots]
        return slots, found

    def _table(self) -> tuple[Factors, Numbers]:
        """Factors by which few labels have the same key, and the slot of each key."""
        best: Factors = ()
        most = -1
        for factors in _factors(count=self.words):
            different = len(set(_keys(factors, self._labels).tolist()))
            if different > most:
                best, most = factors, different
            if different == len(self._labels[0]):
                break
        slots = np.zeros(2**_KEY_BITS, np.int64)
        slots[_keys(best, self._labels)] = np.arange(len(self._labels[0]))
        return best, slots


def _columns(pieces: Words) -> list[Words]:
    """The first word of every piece, the second of every piece, and so on: neighbours in memory are faster."""
    return list(np.ascontiguousarray(pieces.T))


def _keys(factors: Factors, columns: Sequence[Words]) -> Words:
    mixed = columns[0] * factors[0]
    for column, factor in zip(columns[1:], factors[1:], strict=False):  # the last factor is another's
        mixed ^= column * factor
    mixed *= factors[-1]
    mixed >>= np.uint64(64 - _KEY_BITS)
    return mixed


def _factors(*, count: int) -> Iterator[Factors]:
    state = 1
    for _ in range(_TRIES):
        factors = list[np.uint64]()
        for _ in range(count + 1):
            state = (state * _MIX + _STEP) % _BIT_64
            factors.append(np.uint64(state | 1))
        yield tuple(factors)
