"""Files in a folder of this machine: the evidence of runs that were calculated without AWS."""

from collections.abc import Iterator
from pathlib import Path

from cqrs.table_file import whole_file
from functions.ports.objects import ObjectMissing

CHUNK = 2**20


class FolderObjects:
    """Objects under one folder; a key's slashes are folders in it."""

    def __init__(self, *, folder: Path) -> None:
        self._folder = folder

    def chunks(self, *, key: str, version: str | None = None, start: int = 0) -> Iterator[bytes]:
        """The bytes of an object from one on, a megabyte at a time. A folder keeps one version of each."""
        del version
        with self._existing(key).open("rb") as file:
            file.seek(start)
            while chunk := file.read(CHUNK):
                yield chunk

    def part(self, *, key: str, offset: int, length: int) -> bytes:
        """Some bytes out of an object."""
        with self._existing(key).open("rb") as file:
            file.seek(offset)
            return file.read(length)

    def write(self, *, key: str, body: bytes, media_type: str) -> None:
        """Write an object whole."""
        del media_type
        path = self._folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path=path) as file:
            file.write(body)

    def keep(self, *, key: str, body: bytes, media_type: str) -> None:
        """Write an object unless it is there."""
        if not (self._folder / key).exists():
            self.write(key=key, body=body, media_type=media_type)

    def _existing(self, key: str) -> Path:
        path = self._folder / key
        if not path.is_file():
            raise ObjectMissing(key)
        return path
