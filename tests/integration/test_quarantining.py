"""A file that may identify people: moved where nobody looks, and nothing of it is anywhere else."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from functions.domain.check.row import COLUMNS
from functions.ingest.extracts import ingest_extract
from functions.ingest.taking import take_in
from functions.ingest.upload import Upload
from functions.ports.objects import ObjectMissing
from schemas.file import FileRecord, Verdict
from tests.integration.crashes import Crash, Crashing
from tests.integration.worlds import KEY, YEAR_END, World, extract, practice_rows

NUMBER = "9434765919"  # an NHS number by its check digit, given to nobody
UNREADABLE = b"QUALITY_SERVICE,ORG_CODE,NHS_NUMBER\nQOF2324,A81001," + NUMBER.encode() + b"\n"
ORGANISATIONS = (
    b"ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE\n"
    b"A81009,The Surgery,8250,20240101,,16C,QHM,Y63\n"
    b"A81010," + NUMBER.encode() + b",8250,20240101,,16C,QHM,Y63\n"
)
PARTICIPATION = (
    b"QUALITY_SERVICE,SP_ORG_CODE,SP_ORG_NAME,CO_ORG_CODE,PART_ST_DT,PART_ED_DT\n"
    b"QOF2324,A81001,943 476 5919,16C,20230401,\n"
)


@pytest.fixture
def world() -> World:
    world = World()
    world.know("A81001", "A81002")
    world.offer("A81001", "A81002")
    return world


def everything(world: World) -> Iterator[str]:
    """All that the world keeps and says, but for the quarantine."""
    yield from world.exchange.held
    yield from (body.decode("latin-1") for body in world.exchange.held.values())
    yield from map(str, (*world.submissions.values.values(), *world.submissions.accepted.values()))
    yield from map(str, (*world.submissions.refused.values(), *world.organisations.held.values()))
    yield from map(str, (*world.participation.held.values(), *world.bus.announced))


def traces(world: World) -> list[str]:
    return [text for text in everything(world) if NUMBER in text or "943 476 5919" in text]


GOOD = extract(practice_rows("A81001"))


def packed_as(*, name: str = "", comment: str = "") -> bytes:
    """A good extract as a gzip file that says something of itself."""
    packed = gzip.compress(GOOD, mtime=0)
    flags = packed[3] | (8 if name else 0) | (16 if comment else 0)
    said = "".join(f"{text}\0" for text in (name, comment) if text)
    return packed[:3] + bytes([flags]) + packed[4:10] + said.encode("latin-1") + packed[10:]


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("april.csv", UNREADABLE)
    return held.getvalue()


PLANTED = [
    ("a gzip file that was called by a number", f"{KEY}.gz", packed_as(name=f"{NUMBER}.csv")),
    ("a gzip file with a comment", f"{KEY}.gz", packed_as(comment=f"of {NUMBER}")),
    ("behind the end of a gzip file", f"{KEY}.gz", gzip.compress(GOOD, mtime=0) + NUMBER.encode()),
    ("a zip archive", f"{KEY}.zip", zipped()),
    ("a file of Windows with hard blanks", KEY, b"\xa0" + GOOD.replace(b",None,", b",943\xa0476\xa05919,", 1)),
    ("a header of another file", KEY, UNREADABLE),
    ("a gzip that is cut short", f"{KEY}.gz", gzip.compress(UNREADABLE * 100, mtime=0)[:-12]),
    ("a folder that is nobody's", "extracts/acme/QOF2324/PAYMENT/april.csv", UNREADABLE),
    ("no folder at all", "extracts/april.csv", UNREADABLE),
    ("organisations", "organisations/january.csv", ORGANISATIONS),
    ("a participation list", "participation/weekly.csv", PARTICIPATION),
]


@pytest.mark.parametrize(("key", "content"), [case[1:] for case in PLANTED], ids=[case[0] for case in PLANTED])
def test_an_nhs_number_anywhere_takes_the_file_out_of_reach_and_leaves_no_trace(
    world: World, key: str, content: bytes
) -> None:
    upload = world.send(content, key=key)
    record = take_in(upload=upload, world=world.ingestion)
    assert (record.verdict, record.problems) == (Verdict.QUARANTINED, {"FILE-PERSONAL": 1})
    assert (record.practices, record.rows_accepted, record.refused_practices) == (0, 0, ())
    assert world.quarantine.held.keys() == {record.id}
    assert world.quarantine.held[record.id][0] == content
    assert key not in world.exchange.held
    assert traces(world) == []


@pytest.mark.parametrize("column", range(len(COLUMNS)), ids=COLUMNS)
@pytest.mark.parametrize("line", [1, 300, 552])
def test_an_nhs_number_in_any_column_of_any_row_of_an_extract_leaves_no_trace(
    world: World, column: int, line: int
) -> None:
    rows = list(practice_rows("A81001"))
    rows[line - 1][column] = NUMBER
    record = take_in(upload=world.send(extract(rows)), world=world.ingestion)
    assert (record.verdict, record.problems) == (Verdict.QUARANTINED, {"FILE-PERSONAL": 1})
    listing = world.exchange.held[f"reports/{KEY}/{record.id}/problems.csv"].decode().splitlines()
    assert listing[1].startswith(f"april.csv,{line + 1},,,,")
    assert traces(world) == []
    assert KEY not in world.exchange.held


def test_the_sender_is_told_in_both_files_beside_the_upload_and_listeners_by_id_and_supplier_alone(
    world: World,
) -> None:
    record = take_in(upload=world.send(UNREADABLE), world=world.ingestion)
    folder = f"reports/{KEY}/{record.id}"
    told = json.loads(world.exchange.held[f"{folder}/report.json"])
    assert (told["verdict"], told["sha256"], told["problems_total"]) == ("quarantined", record.sha256, 1)
    assert ",0,,,,,FILE-PERSONAL,file," in world.exchange.held[f"{folder}/problems.csv"].decode()
    assert ("FileQuarantined", {"file": record.id, "supplier": "tpp"}) in world.bus.announced


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (f"extracts/tpp/QOF2324/PAYMENT/{NUMBER}.csv", "extracts/tpp/QOF2324/PAYMENT/withheld"),
        ("extracts/tpp/QOF2324/PAYMENT/of 943-476-5919.csv", "extracts/tpp/QOF2324/PAYMENT/withheld"),
        (f"extracts/{NUMBER}/april.csv", "extracts/withheld/april.csv"),
        (f"organisations/{NUMBER}.csv", "organisations/withheld"),
    ],
)
def test_a_name_that_holds_an_nhs_number_is_withheld_wherever_the_file_is_spoken_of(
    world: World, key: str, place: str
) -> None:
    record = take_in(upload=world.send(extract(practice_rows("A81001")), key=key), world=world.ingestion)
    assert (record.verdict, record.key) == (Verdict.QUARANTINED, place)
    assert f"reports/{place}/{record.id}/report.json" in world.exchange.held
    assert world.quarantine.held[record.id][1]["key"] == key
    assert not [text for text in everything(world) if NUMBER in text.replace("-", "")]


COUNT = ",0,None,AUTOMATED,"
SEPARATED = extract(practice_rows("A81001")).decode()


@pytest.mark.parametrize("value", ["Jane Smith", "J\u00e4ne Sm\u00eeth", "20/03/1950"])
@pytest.mark.parametrize(
    ("change", "encoding"),
    [
        (lambda text: text.replace(",", ";"), "utf-8"),
        (lambda text: text.replace(",", "\t"), "utf-8"),
        (lambda text: text.replace("\n", "\r"), "utf-8"),
        (lambda text: f"\u00a3{text}", "cp1252"),
        (lambda text: f"X{text}", "utf-8"),
    ],
    ids=["semicolons", "tabs", "carriage returns alone", "windows-1252", "another header"],
)
def test_what_stands_for_a_count_is_found_in_files_that_cannot_be_read(
    world: World, change: Callable[[str], str], encoding: str, value: str
) -> None:
    content = change(SEPARATED.replace(COUNT, f",{value},None,AUTOMATED,", 1)).encode(encoding)
    assert take_in(upload=world.send(content), world=world.ingestion).verdict is Verdict.QUARANTINED
    ordinary = change(SEPARATED).encode(encoding)
    assert take_in(upload=world.send(ordinary), world=world.ingestion).verdict is Verdict.REFUSED


def test_nothing_of_a_quarantined_file_counts(world: World) -> None:
    key = KEY.replace("april", NUMBER)
    take_in(upload=world.send(extract(practice_rows("A81001")), key=key), world=world.ingestion)
    assert list(world.submissions.submissions(collection=YEAR_END)) == []
    assert world.submissions.records(collection=YEAR_END) == ()


def test_an_ordinary_file_that_cannot_be_read_stays_where_it_is(world: World) -> None:
    record = take_in(upload=world.send(b"A,B\nA81001,1234567890\n"), world=world.ingestion)
    assert (record.verdict, record.problems) == (Verdict.REFUSED, {"FILE-HEADER": 1})
    assert KEY in world.exchange.held
    assert world.quarantine.held == {}


def state(world: World) -> tuple[object, ...]:
    return world.quarantine.held, world.exchange.held, world.submissions.refused


@pytest.mark.parametrize("key", [KEY, KEY.replace("april", NUMBER), "organisations/january.csv"])
def test_killed_before_any_of_its_writes_and_delivered_again_the_state_equals_one_clean_delivery(key: str) -> None:
    content = ORGANISATIONS if key.startswith("organisations") else UNREADABLE
    clean = World()
    take_in(upload=clean.send(content, key=key), world=clean.ingestion)
    crashes = 0
    for writes in range(12):
        world, crashing = World(), Crashing(writes)
        upload = world.send(content, key=key)
        fragile = replace(
            world.ingestion,
            submissions=crashing.before(world.submissions, "add", "accept", "refuse"),
            exchange=crashing.before(world.exchange, "write"),
            quarantine=crashing.before(world.quarantine, "take", "clear"),
            bus=crashing.before(world.bus, "announce"),
        )
        try:
            take_in(upload=upload, world=fragile)
        except Crash:
            crashes += 1
            assert world.quarantine.held or key in world.exchange.held, "the content is always somewhere"
            take_in(upload=upload, world=world.ingestion)
        assert state(world) == state(clean)
        assert set(map(str, world.bus.announced)) == set(map(str, clean.bus.announced))
    assert crashes == 8  # the copy, the record, two report files, the receipt, two announcements, the removal


def test_delivered_again_after_the_removal_it_is_answered_again_and_nothing_changes(world: World) -> None:
    upload = world.send(UNREADABLE)
    first = take_in(upload=upload, world=world.ingestion)
    before = str(state(world))
    assert take_in(upload=upload, world=world.ingestion) == first
    assert str(state(world)) == before


def test_removed_by_another_delivery_between_reading_and_copying_it_is_done_all_the_same(world: World) -> None:
    upload = world.send(UNREADABLE)

    class Overtaken:
        def take(self, **_: object) -> None:
            take_in(upload=upload, world=world.ingestion)
            raise ObjectMissing(KEY)

        def clear(self, *, key: str, version: str | None) -> None:
            world.quarantine.clear(key=key, version=version)

    record = take_in(upload=upload, world=replace(world.ingestion, quarantine=Overtaken()))
    assert record.verdict is Verdict.QUARANTINED
    assert traces(world) == []


def test_an_upload_that_is_gone_and_was_never_quarantined_is_an_error_without_its_number(world: World) -> None:
    gone = Upload(key=KEY.replace("april", NUMBER), version=None, received_at=world.clock())
    with pytest.raises(ObjectMissing) as missing:
        take_in(upload=gone, world=world.ingestion)
    assert NUMBER not in str(missing.value)


def test_the_same_content_put_again_is_quarantined_again(world: World) -> None:
    first = take_in(upload=world.send(UNREADABLE), world=world.ingestion)
    again = replace(world.send(UNREADABLE), received_at=world.clock())
    second: FileRecord = take_in(upload=again, world=world.ingestion)
    assert first.id != second.id
    assert world.quarantine.held.keys() == {first.id, second.id}


def test_an_extract_is_judged_by_its_reader_when_it_is_taken_in_directly(world: World) -> None:
    assert ingest_extract(upload=world.send(UNREADABLE), world=world.ingestion).verdict is Verdict.QUARANTINED
