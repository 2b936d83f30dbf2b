"""Where the acknowledgement of an upload lies: beside it, under `reports/`, found from its own name.

    reports/<key of the upload>/<file id>/report.json
                                          problems.csv
                                          received/<put>.json

Whoever may read its own folder's reports reads them all under `reports/extracts/<supplier>/`.
"""

from functions.domain.check.personal import holds_a_number
from functions.domain.digest import digest

WITHHELD_NAME = "withheld"
LONGEST_KEY = 900  # bytes: S3 takes 1,024, and the report's own names need the rest
LONGEST_FOLDER = 64  # characters of the supplier's folder that stay where the whole is too long


def told_key(*, key: str) -> str:
    """The key of an upload as it may be repeated: a part that holds what may be an NHS number is withheld."""
    return "/".join(WITHHELD_NAME if holds_a_number(part) else part for part in key.split("/"))


def report_folder(*, key: str, file: str) -> str:
    """The folder of the acknowledgement of what was put under a key. A key that is too long is cut, and told apart."""
    told = told_key(key=key)
    if len(told.encode()) > LONGEST_KEY:
        first, second, *_ = (part[:LONGEST_FOLDER] for part in (*told.split("/"), ""))
        told = f"{first}/{second}/{digest(told)}"
    return f"reports/{told}/{file}"
