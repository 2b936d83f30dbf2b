"""Checking a file that somebody only wants to try: the very same checks, and nothing is stored."""

from collections import deque

from functions.check.checking import Checking
from functions.check.extracts import CheckedExtract, acknowledged, check_extract
from functions.check.files import own_supplier
from functions.check.views import problem_view
from functions.domain.check.stream import UnreadableFile, unpacked
from functions.domain.check.upload import RefusedUpload, extract_upload
from functions.domain.decide.lifecycle import Ground, Refusal
from schemas.api import CheckView
from schemas.catalogue import service_codes
from schemas.problem import Code
from schemas.service import RunKind
from schemas.supplier import suppliers

LISTED = 2_000  # problems in an answer: at some 500 bytes each, far under the 6 MB that an answer may have
MOST_UNPACKED = 16 * 2**20
"""Bytes: 130,000 rows, or 240 practices of QOF. Half a second where all is well, and well before the API gives up where
every row is wrong twice. What is larger is put into the bucket, as a TEST file.
"""


def try_extract(  # what a file is tried as, a name each
    *,
    content: bytes,
    supplier: str | None,
    service: str,
    run_kind: RunKind,
    name: str,
    person: str,
    checking: Checking,
) -> CheckView | Refusal:
    """What would become of an extract of a supplier's own, had it been put now under its folder."""
    own = own_supplier(supplier=supplier, person=person, checking=checking)
    if isinstance(own, Refusal):
        return own
    key = f"extracts/{own}/{service}/{run_kind}/{name}"
    claim = extract_upload(key=key, suppliers=suppliers(), services=service_codes())
    if isinstance(claim, RefusedUpload):
        return Refusal(Ground.UNUSABLE, claim.message)
    if _too_large(content):
        return Refusal(
            Ground.UNUSABLE,
            f"The file unpacks to more than {MOST_UNPACKED:,} bytes. Try it with fewer practices, or put it into the "
            "bucket as a TEST file.",
        )
    checked = check_extract(
        claim=claim,
        key=key,
        received_at=checking.clock(),
        chunks=(content,),
        known=checking.known,
        code_version=checking.code_version,
    )
    return _view(checked, content)


def _view(checked: CheckedExtract, content: bytes) -> CheckView:
    told, problems = acknowledged(checked=checked, again=lambda: (content,))
    listing = sorted(problems.listed)[:LISTED]
    return CheckView(
        **told.model_dump(exclude={"listed", "listing_cut"}),
        listed=len(listing),
        listing_cut=problems.total > len(listing),
        listing=tuple(map(problem_view, listing)),
    )


def _too_large(content: bytes) -> bool:
    """True where a file unpacks to more than is tried here. One that cannot be unpacked is for the check to say."""
    try:
        deque(unpacked(chunks=(content,), limit=MOST_UNPACKED), maxlen=0)
    except UnreadableFile as unreadable:
        return unreadable.code is Code.FILE_TOO_LARGE
    return False
