"""What suppliers look at: their own files, and what is wrong with each. A file of others is not there for them."""

from functions.check.checking import Checking
from functions.check.listing import listed_problems
from functions.check.views import file_summary, file_view, problem_view
from functions.domain.check.place import report_folder
from functions.domain.check.stream import UnreadableFile
from functions.domain.decide.lifecycle import Ground, Refusal
from functions.domain.decide.permission import own_folders
from functions.ports.objects import ObjectMissing
from schemas.api import FilesView, FileView, ProblemsView
from schemas.file import FileRecord
from schemas.grant import Role

NO_SUPPLIER = Refusal(Ground.FORBIDDEN, f"It takes the role {Role.SUPPLIER} for a supplier's folder; you hold none.")
NOT_THERE = Refusal(Ground.NOT_FOUND, "You have no file of this id.")
NOT_YET = Refusal(Ground.NOT_FOUND, "The report of this file is being written. Ask again in a moment.")

NO_MARK = Refusal(Ground.UNUSABLE, "`after` is none of the marks that a page before gave as `next`.")


def own_supplier(*, supplier: str | None, person: str, checking: Checking) -> str | Refusal:
    """The supplier that a person asks for, or the only one there is; a refusal where they may not, or have to say."""
    own = own_folders(grants=checking.grants.grants(person=person))
    if not own:
        return NO_SUPPLIER
    if supplier is None and len(own) > 1:
        return Refusal(Ground.UNUSABLE, f"You act for several suppliers; say for which: {', '.join(own)}.")
    asked = own[0] if supplier is None else supplier
    return asked if asked in own else Refusal(Ground.FORBIDDEN, f"You hold no role {Role.SUPPLIER} for {asked}.")


def files(
    *, supplier: str | None, before: str | None, limit: int, person: str, checking: Checking
) -> FilesView | Refusal:
    """A page of a supplier's files, the one received last first; those received before a file, by its id."""
    asked = own_supplier(supplier=supplier, person=person, checking=checking)
    if isinstance(asked, Refusal):
        return asked
    mark = None if before is None else _own(before, (asked,), checking)
    if before is not None and mark is None:
        return NOT_THERE
    found = checking.submissions.sent(supplier=asked, before=mark, limit=limit + 1)
    page = found[:limit]
    more = len(found) > limit
    return FilesView(supplier=asked, files=tuple(map(file_summary, page)), next=page[-1].id if more else None)


def file(*, file: str, person: str, checking: Checking) -> FileView | Refusal:
    """One file of a supplier's own."""
    found = _persons_own(file, person, checking)
    return found if isinstance(found, Refusal) else file_view(record=found)


def problems(  # what may be asked for, a name each
    *, file: str, code: str | None, practice: str | None, after: int, limit: int, person: str, checking: Checking
) -> ProblemsView | Refusal:
    """A page of the problems of a supplier's own file, of one code or practice where that is asked for."""
    found = _persons_own(file, person, checking)
    if isinstance(found, Refusal):
        return found
    key = f"{report_folder(key=found.key, file=found.id)}/problems.csv"

    def asked_for(row: tuple[str, ...]) -> bool:
        return (code is None or row[6] == code) and (practice is None or row[2] == practice)

    try:
        page, end = listed_problems(
            chunks=checking.reports.chunks(key=key, start=after), start=after, wanted=asked_for, limit=limit
        )
    except ObjectMissing:
        return NOT_YET
    except UnreadableFile:
        return NO_MARK
    total = sum(found.problems.values())
    rows = tuple(map(problem_view, page))
    return ProblemsView(problems=rows, total=total, listing_cut=total > found.listed, next=end)


def _persons_own(file: str, person: str, checking: Checking) -> FileRecord | Refusal:
    own = own_folders(grants=checking.grants.grants(person=person))
    return (_own(file, own, checking) or NOT_THERE) if own else NO_SUPPLIER


def _own(file: str, own: tuple[str, ...], checking: Checking) -> FileRecord | None:
    found = checking.submissions.file(file=file)
    return found if found is not None and found.supplier in own else None
