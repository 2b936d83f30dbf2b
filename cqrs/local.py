"""The local AWS: the pinned emulator on loopback, with its state in a folder of its own.

Functions see only what is given to them: the emulator is started with a clean environment, since it passes its own
on, and with `AUTH`, so that a role that lacks a permission fails here as it would on AWS.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cqrs.assembly import assembly
from cqrs.deployment import Place, deploy
from infra.bundle import ROOT

LOOPBACK = "127.0.0.1"
REGION = "eu-west-2"
ACCOUNT = "000000000000"
FOLDER = ROOT / ".local"
START_SECONDS = 60
STOP_SECONDS = 30
POLL_SECONDS = 0.1
HEALTH_SECONDS = 2
ENDED = ("Z", "X")  # a zombie has ended, only nobody has asked how

local_app = typer.Typer(help="The local AWS: an emulator on this machine, reachable from this machine only.")
console = Console()


class LocalAwsError(Exception):
    """The local AWS could not be started or stopped; the message says why and where its log is."""


@dataclass(frozen=True)
class Process:
    """The emulator that runs: its process, when that started, and its port."""

    pid: int
    started: str
    port: int


@dataclass(frozen=True)
class LocalAws:
    """An emulator whose every file lies in `folder`: state, temporary files, log, and who runs it."""

    folder: Path = FOLDER

    @property
    def process(self) -> Process | None:
        """The running emulator, or None; a process that merely has the same number does not count."""
        if not self._record.exists():
            return None
        known = Process(**json.loads(self._record.read_text(encoding="utf-8")))
        return known if _started(known.pid) == known.started else None

    @property
    def place(self) -> Place:
        """Where to deploy and what clients are made with. Raises LocalAwsError when it does not run."""
        process = self.process
        if process is None:
            raise LocalAwsError("the local AWS is not running: start it with `cqrs local up`")
        return Place(endpoint=f"http://{LOOPBACK}:{process.port}", region=REGION, account=ACCOUNT)

    def api_url(self, api_id: str) -> str:
        """The address of an HTTP API here, where the stack's own output names one on the internet."""
        return f"{self.place.endpoint}/_aws/execute-api/{api_id}/$default"

    def start(self, *, port: int | None = None, fresh: bool = False) -> Place:
        """Run it, if it does not run yet, and return when it answers; `fresh` begins from empty state.

        Raises LocalAwsError when it ends or does not answer within START_SECONDS.
        """
        if self.process is not None:
            if not fresh:
                return self.place
            self.stop()
        if fresh:
            shutil.rmtree(self.folder, ignore_errors=True)
        self._launch(port or self._port())
        return self.place

    def stop(self) -> bool:
        """End it gracefully, which is when it writes its state; False when it did not run.

        Raises LocalAwsError when it does not end within STOP_SECONDS.
        """
        process = self.process
        if process is None:
            self._record.unlink(missing_ok=True)
            return False
        os.kill(process.pid, signal.SIGTERM)
        _wait_until_gone(process)
        self._record.unlink(missing_ok=True)
        return True

    def _port(self) -> int:
        """The port of the last time, since queue addresses kept by others name it; else a free one."""
        known = self.folder / "port"
        port = int(known.read_text(encoding="ascii")) if known.exists() else 0
        return port if port and _is_free(port) else _free_port()

    @property
    def _record(self) -> Path:
        return self.folder / "process.json"

    @property
    def log(self) -> Path:
        """What the emulator and the functions print."""
        return self.folder / "log.txt"

    def _launch(self, port: int) -> None:
        temporary = self.folder / "tmp"
        shutil.rmtree(temporary, ignore_errors=True)  # the folders of functions are never removed otherwise
        temporary.mkdir(parents=True)
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", "ministack"],
                env=self._environment(port),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # an interrupt typed at the terminal must not cost the state
            )
        record = Process(pid=child.pid, started=_started(child.pid) or "", port=port)
        self._record.write_text(json.dumps(record.__dict__), encoding="utf-8")
        (self.folder / "port").write_text(str(port), encoding="ascii")
        deadline = time.monotonic() + START_SECONDS
        while not _is_healthy(port):
            if child.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise LocalAwsError(f"the local AWS did not start: see {self.log}")
            time.sleep(POLL_SECONDS)

    def _environment(self, port: int) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TMPDIR": str(self.folder / "tmp"),
            "BIND_HOST": LOOPBACK,
            "MINISTACK_HOST": LOOPBACK,
            "GATEWAY_PORT": str(port),
            "MINISTACK_REGION": REGION,
            "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "AUTH": "true",
            "IOT_MTLS_ENABLED": "0",  # its listener would answer on every interface, whatever BIND_HOST says
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.folder / "state"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.folder / "objects"),
            "LOG_LEVEL": "WARNING",
        }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/_ministack/health", timeout=HEALTH_SECONDS):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _started(pid: int) -> str | None:
    """When the process started, which with its number tells it from every other; None when it has ended."""
    state, started = _from_proc(pid) if Path("/proc/self/stat").exists() else _from_ps(pid)
    return started if state and state not in ENDED else None


def _from_proc(pid: int) -> tuple[str, str]:
    """State and start of a process, on Linux: the fields behind the name, which may itself hold spaces."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return "", ""
    return fields[0], fields[19]


def _from_ps(pid: int) -> tuple[str, str]:
    """State and start of a process, elsewhere."""
    done = subprocess.run(  # noqa: S603 - every word of it is ours
        ["/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, started = done.stdout.strip().partition(" ")
    return state[:1], started.strip()


def _wait_until_gone(process: Process) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while _started(process.pid) == process.started:
        if time.monotonic() > deadline:
            raise LocalAwsError(f"process {process.pid} did not end within {STOP_SECONDS} seconds")
        time.sleep(POLL_SECONDS)


@local_app.command()
def up(
    *,
    port: Annotated[int | None, typer.Option(help="The port; a free one when left out.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin from empty state.")] = False,
) -> None:
    """Start the local AWS, if it does not run yet."""
    place = LocalAws().start(port=port, fresh=fresh)
    console.print(f"The local AWS answers at {place.endpoint}")


@local_app.command(name="deploy")
def deploy_here() -> None:
    """Bring the local AWS to what the sources say, and print where everything is."""
    local = LocalAws()
    outputs = deploy(assembly("local"), local.place)
    for name, value in (outputs | {"ApiUrl": local.api_url(outputs["ApiId"])}).items():
        console.print(f"{name} {value}", soft_wrap=True)


@local_app.command()
def down() -> None:
    """Stop the local AWS; what it holds is kept for the next start."""
    console.print("The local AWS is stopped." if LocalAws().stop() else "The local AWS was not running.")


@local_app.command()
def status() -> None:
    """Say whether the local AWS runs, and where; exit status 1 when it does not."""
    process = LocalAws().process
    if process is None:
        console.print("The local AWS is not running.")
        raise typer.Exit(1)
    console.print(f"The local AWS answers at http://{LOOPBACK}:{process.port} (process {process.pid})")
