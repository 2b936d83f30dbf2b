"""`make fuzz`: spoilt files by the hundred thousand through the checker, which must not crash and must accept no more
than the row-by-row specification does.

Files come in breeds of `BREED`. A breed is known by its number and is the same whenever it is made. It begins with the
good extract; a file of which the report says what none before it in the breed said is spoilt further by those that
follow. So what is rare is looked into, and any range of breeds can be run, in any order.
"""

import argparse
import sys
import time
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor
from random import Random

from tests.inputs.spoilt_files import MUTATIONS, both, made

BREED = 500
KEPT = 60  # files of a breed that are spoilt further
CHUNKS = (97, *[1_009] * 4, *[4_096] * 5, *[2**16] * 10)  # bytes at a time; the smallest take the longest
LONGEST = 2**21  # bytes of a file that is spoilt further


def files(breed: int) -> Generator[tuple[int, bytes, int], object, None]:
    """The files of a breed: the number of each, its bytes, and in what chunks it arrives.

    The generator is sent what the report of each came to before it makes the next.
    """
    chance = Random(breed)  # noqa: S311  # files to repeat, not a secret
    parents, seen = [made()[0]], set[object]()
    for number in range(BREED):
        content = chance.choice(parents)
        for _ in range(chance.randrange(1, 4)):
            if content.count(b"\n") > 1:  # there is still something to spoil
                content = chance.choice(MUTATIONS)(content, chance)
        said = yield number, content, chance.choice(CHUNKS)
        if said not in seen and len(parents) < KEPT and len(content) < LONGEST:
            seen.add(said)
            parents.append(content)


def differences(breed: int) -> list[str]:
    """The files of a breed that are read in two ways, or that crash the checker."""
    found = []
    made_files = files(breed)
    number, content, chunk = next(made_files)
    while True:
        said: object = None
        try:
            fast, slow = both(content, chunk=chunk)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what this looks for
            found.append(f"breed {breed}, file {number}: {type(error).__name__}: {error}")
        else:
            if fast != slow:
                found.append(f"breed {breed}, file {number}: {[key for key in fast if fast[key] != slow[key]]} differ")
            counted, refused = fast["counted"], fast["refused"]
            said = (str(counted), str(refused), fast["date"])
        try:
            number, content, chunk = made_files.send(said)
        except StopIteration:
            return found


def main() -> int:
    """Run a range of breeds on several processes; the exit status is 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="the first breed")
    parser.add_argument("--files", type=int, default=200_000, help=f"how many files, in breeds of {BREED}")
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    breeds = range(wanted.first, wanted.first + -(-wanted.files // BREED))
    began, failed = time.monotonic(), 0
    with ProcessPoolExecutor(wanted.processes) as pool:
        for done, found in enumerate(pool.map(differences, breeds), start=1):
            failed += len(found)
            for difference in found:
                _say(difference)
            rate = done * BREED / (time.monotonic() - began)
            if done % 20 == 0 or done == len(breeds):
                _say(f"{done * BREED:,} files up to breed {breeds[done - 1]}, {rate:,.0f} a second, {failed} found")
    return 1 if failed else 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
