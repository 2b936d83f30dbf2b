"""Routes for suppliers: their own files, what is wrong with each, and a check that stores nothing."""

import base64
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.check import files as looking
from functions.check.trying import try_extract
from functions.domain.decide.lifecycle import Ground, Refusal
from functions.serve.request import FileId, FileMark, checking, granted, person
from schemas.api import CheckView, FilesView, FileView, ProblemsView
from schemas.problem import Code
from schemas.service import RunKind

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call]  # Powertools leaves it untyped
Folder = Annotated[
    str | None,
    Query(pattern="^[a-z][a-z0-9-]{0,30}$", description="The supplier's folder; needed by who acts for several."),
]
After = Annotated[int, Query(ge=0, description="The `next` of the page before.")]
FilesLimit = Annotated[int, Query(ge=1, le=100)]
ProblemsLimit = Annotated[int, Query(ge=1, le=1000)]
Practice = Annotated[str | None, Query(pattern="^[A-Z0-9]{1,10}$")]
Name = Annotated[str, Query(pattern=r"^[^/]{1,200}$", description="The name to check it under.")]
Service = Annotated[str, Query(pattern="^[A-Z0-9]{2,16}$")]
BASE64_OF_GZIP = "H4sI"


@router.get("/files", summary="My files", tags=["files"])
def files(supplier: Folder = None, before: FileMark = None, limit: FilesLimit = 50) -> FilesView:
    """A supplier's own files, the one received last first, a page at a time."""
    return granted(
        looking.files(supplier=supplier, before=before, limit=limit, person=person(router), checking=checking(router))
    )


@router.get("/files/<file>", summary="What became of a file", tags=["files"])
def file(file: FileId) -> FileView:
    """The acknowledgement of a file: rows read, accepted and refused, practices, verdict, and problems by code."""
    return granted(looking.file(file=file, person=person(router), checking=checking(router)))


@router.get("/files/<file>/problems", summary="What is wrong with a file", tags=["files"])
def problems(
    file: FileId,
    code: Code | None = None,
    practice: Practice = None,
    after: After = 0,
    limit: ProblemsLimit = 100,
) -> ProblemsView:
    """The problems of a file by line, of one code or one practice where that is asked for, a page at a time."""
    return granted(
        looking.problems(
            file=file,
            code=code,
            practice=practice,
            after=after,
            limit=limit,
            person=person(router),
            checking=checking(router),
        )
    )


@router.post("/files/check", summary="Check a file without sending it", tags=["files"])
def check(service: Service, run_kind: RunKind, name: Name = "extract.csv", supplier: Folder = None) -> CheckView:
    """The report that an extract would get if it were put now. The body is the file, as it is or gzip, which may be in
    base64. Nothing is stored. A request may have 6 MB, in base64 4.5; what is larger is put into the bucket, as TEST.
    """
    return granted(
        try_extract(
            content=_content(),
            supplier=supplier,
            service=service,
            run_kind=run_kind,
            name=name,
            person=person(router),
            checking=checking(router),
        )
    )


def _content() -> bytes:
    """The file in the body. The gateway puts what is not text into base64 and says so; a sender may do so unsaid."""
    body = router.current_event.body or ""
    if not (router.current_event.is_base64_encoded or body.startswith(BASE64_OF_GZIP)):
        return body.encode()
    try:
        return base64.b64decode(body)
    except ValueError:
        return granted(Refusal(Ground.UNUSABLE, "The body is not base64. Send the file as it is, or as gzip."))
