"""From the bytes of an upload to its lines of text, plain or gzip, without ever holding the whole file."""

import csv
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from schemas.problem import Code

BOM = b"\xef\xbb\xbf"
GZIP_MAGIC, ZIP_MAGIC = b"\x1f\x8b", b"PK\x03\x04"
ZIPPED = "The file is a zip archive or a workbook, not text. Save it as CSV, and send that plain or as gzip."
LONGEST_LINE = 2**20  # bytes: a row has some 130; a line without end would have to be held whole
UNPACKED_LIMIT = 8 * 2**30  # bytes: sixteen times a nation's extract in one file; more is a decompression bomb
BOMB_FROM, BOMB_RATIO = 2**26, 400  # bytes; a real extract shrinks to a thirtieth, gzip at best to a thousandth
BOMB = (
    f"The gzip file unpacks to more than {BOMB_RATIO} times what was sent, which no extract does. Check how it was "
    "made, and send the rows themselves."
)


CSV_ERRORS = {  # what csv says, in words that lead to the mend
    "new-line character": "Lines end with a carriage return alone from here on. End each with a line feed",
    "expected after": "More follows a closing quotation mark here. Write a quotation mark within a value twice",
    "unexpected end of data": "A quotation mark is opened here, or before, and never closed. Close it",
    "field larger than": "A value has more than 131,072 characters. Look for a quotation mark that is not closed",
}


class UnreadableFile(Exception):  # noqa: N818  # a verdict on somebody's file, not an error of ours
    """The file cannot be read to its end. Carries the code and the sentence for the supplier's report.

    `behind` counts the lines from the last one that was read to the one that is at fault.
    """

    def __init__(self, *, code: Code, message: str, behind: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.behind = behind


def text_lines(*, chunks: Iterable[bytes], unpacked_limit: int = UNPACKED_LIMIT) -> Iterator[str]:
    """The lines of a file, each with its line ending, from its bytes in chunks of any size. A BOM is dropped.

    Raises UnreadableFile as `unpacked` and `decoded_lines` do.
    """
    return decoded_lines(chunks=unpacked(chunks=chunks, limit=unpacked_limit))


def unpacked(*, chunks: Iterable[bytes], limit: int = UNPACKED_LIMIT) -> Iterator[bytes]:
    """The bytes of a file, gunzipped where they are gzip, in chunks.

    Raises UnreadableFile where the gzip is damaged or cut short, or the file unpacks to more than `limit` bytes.
    """
    return unpacked_from(chunks=lambda _: chunks, offset=0, limit=limit)


def unpacked_from(
    *, chunks: Callable[[int], Iterable[bytes]], offset: int, limit: int = UNPACKED_LIMIT
) -> Iterator[bytes]:
    """The bytes of a file as `unpacked` gives them, without the first `offset` of them.

    `chunks` gives the bytes as they were sent, from one on. Where they are gzip, all of them are unpacked again.
    """
    start, rest = _begun(chunks(0))
    if start.startswith(ZIP_MAGIC):
        raise UnreadableFile(code=Code.FILE_ENCODING, message=ZIPPED)
    if start.startswith(GZIP_MAGIC):
        yield from _behind(_limited(_gunzipped(start, rest), limit=limit), offset)
    elif offset:
        yield from _limited(chunks(offset), limit=limit - offset, told=limit)
    else:
        yield from _limited(chain((start,), rest), limit=limit)


def _behind(chunks: Iterable[bytes], offset: int) -> Iterator[bytes]:
    """The chunks without so many of the first bytes."""
    for chunk in chunks:
        if offset < len(chunk):
            yield chunk[offset:]
        offset = max(0, offset - len(chunk))


def decoded_lines(*, chunks: Iterable[bytes], first: bool = True) -> Iterator[str]:
    """The lines of UTF-8 text, each with its line ending, from its bytes in chunks of any size. A BOM is dropped where
    the `first` of them is that of the file.

    Raises UnreadableFile at the first line that is not UTF-8, or is longer than `LONGEST_LINE`.
    """
    for number, line in enumerate(_byte_lines(chunks)):
        try:
            text = (line.removeprefix(BOM) if first and not number else line).decode()
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                code=Code.FILE_ENCODING,
                message=f"The file is not UTF-8 text ({error.reason}). Save it as UTF-8 and send it again.",
                behind=1,
            ) from error
        if text:
            yield text


def _byte_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *complete, rest = (rest + chunk).split(b"\n")
        for line in complete:
            yield line + b"\n"
        if len(rest) > LONGEST_LINE:
            raise too_long()
    if rest:
        yield rest


def too_long() -> UnreadableFile:
    """The verdict on a file with a line that no row has."""
    message = f"A line has more than {LONGEST_LINE:,} bytes. Send one row in each line."
    return UnreadableFile(code=Code.FILE_CSV, message=message, behind=1)


def csv_sentence(*, error: csv.Error) -> str:
    """What is wrong with a file that is not well-formed CSV, and what to do."""
    known = (sentence for told, sentence in CSV_ERRORS.items() if told in str(error))
    return f"{next(known, f'The file is not well-formed CSV from here on ({error})')}, and send the file again whole."


def _limited(chunks: Iterable[bytes], *, limit: int, told: int | None = None) -> Iterator[bytes]:
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if seen > limit:
            raise UnreadableFile(
                code=Code.FILE_TOO_LARGE,
                message=f"The file unpacks to more than {told or limit:,} bytes. Send it in several files.",
            )
        yield chunk


def _begun(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, enough of them to tell what they are, and what follows."""
    iterator, start = iter(chunks), b""
    for chunk in iterator:
        start += chunk
        if len(start) >= len(ZIP_MAGIC):
            break
    return start, iterator


def _gunzipped(start: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    unpacker, packed, plain = _Unpacker(), 0, 0
    for chunk in chain((start,), chunks):
        packed += len(chunk)
        for piece in unpacker.feed(chunk):
            plain += len(piece)
            if plain > BOMB_FROM and plain > BOMB_RATIO * packed:
                raise UnreadableFile(code=Code.FILE_BOMB, message=BOMB)
            yield piece
    if not unpacker.at_end:
        raise UnreadableFile(
            code=Code.FILE_TRUNCATED,
            message="The gzip file ends before its data does: the upload was cut short. Send the whole file again.",
        )


class _Unpacker:
    """Gunzips in pieces of bounded size, one gzip member after another."""

    PIECE = 2**20

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self.at_end = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._member.eof:
                data = data.lstrip(b"\0")  # what tapes and some programs put behind the last member
                if not data:
                    break
                self._member = zlib.decompressobj(wbits=31)
            try:
                yield self._member.decompress(data, self.PIECE)
            except zlib.error as error:
                raise UnreadableFile(
                    code=Code.FILE_TRUNCATED,
                    message="The gzip file is damaged: what it holds cannot be unpacked. Send the file again.",
                ) from error
            data = self._member.unconsumed_tail or self._member.unused_data
        self.at_end = self._member.eof
