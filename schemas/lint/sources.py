"""Checks that every source is known and every known source is used."""

from collections.abc import Iterator

from schemas.citation import citations
from schemas.service import ServiceDocument


def source_problems(document: ServiceDocument) -> Iterator[str]:
    """Every key names a source of the document, and no source stands unused."""
    used = set()
    for citation in citations(document=document):
        used.add(citation.source)
        if citation.source not in document.sources:
            yield f"{citation.where}: there is no source {citation.source!r}; add it, or correct the key."
    for key in document.sources:
        if key not in used:
            yield f"source {key!r}: nothing cites it; cite it where it belongs, or remove it."
