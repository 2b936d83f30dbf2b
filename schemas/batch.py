"""A part of a run that one function works through."""

from schemas.collection import CollectionKey
from schemas.model import Model


class Batch(Model):
    """At most a hundred practices of a run: a range of bytes of its frozen inputs, and the codes that stand in it.

    `inputs` and `document` are the digests by which the evidence is found.
    """

    run: str
    collection: CollectionKey
    inputs: str
    document: str
    number: int
    offset: int
    length: int
    organisations: tuple[str, ...]
