"""The walk through a first file does what it says: every command is run, and prints what stands below it."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "first-file.md"
DONE = "the command above is done"


def transcript() -> list[tuple[str, str]]:
    """The commands of the page, each with what it prints."""
    shown = re.findall(r"^    (.*)\n", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    found: list[tuple[str, str]] = []
    for line in shown:
        if line.startswith("$ "):
            found.append((line[2:], ""))
        elif line.startswith("> "):
            found[-1] = (f"{found[-1][0]}\n{line[2:]}", "")
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found


def test_every_command_prints_what_the_page_says(tmp_path: Path) -> None:
    told = transcript()
    script = "\n".join(f"{command}\necho '{DONE}'" for command, _ in told)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603  # the page's own commands
        ["bash", "-c", script],  # noqa: S607  # the page is for whoever has a shell
        cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    printed = done.stdout.split(f"{DONE}\n")[:-1]
    assert done.stderr == ""
    assert [(command, out) for (command, _), out in zip(told, printed, strict=True)] == told


def test_ten_files_are_broken() -> None:
    assert len(re.findall(r"^### \d+\. ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)) == 10
