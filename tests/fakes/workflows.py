"""What is started and told elsewhere, held in memory: the ports of workflows and of the bus."""

from collections.abc import Mapping

from schemas.continuation import Continuation
from schemas.declaration import Declaration, DeclarationKey, State
from schemas.hold import Hold, HoldState


class MemoryWorkflow:
    """Remembers what it was asked; `gone` names the tokens that nothing waits with any more."""

    def __init__(self) -> None:
        self.started: list[tuple[str, int, str]] = []
        self.woken: list[tuple[str, State]] = []
        self.gone: set[str] = set()

    def start(self, *, declaration: Declaration, attempt: str) -> None:
        asked = (declaration.key.organisation, declaration.version, attempt)
        self.started += [asked] * (asked not in self.started)

    def wake(self, *, token: str, key: DeclarationKey, state: State) -> bool:
        del key
        if token in self.gone:
            return False
        self.woken.append((token, state))
        return True


class MemoryRunWorkflow:
    """Remembers what it was asked; `gone` names the tokens that nothing waits with any more."""

    def __init__(self) -> None:
        self.started: list[tuple[str, int, str]] = []
        self.woken: list[tuple[str, HoldState]] = []
        self.gone: set[str] = set()

    def start(self, *, hold: Hold, attempt: str) -> None:
        asked = (hold.run, hold.version, attempt)
        self.started += [asked] * (asked not in self.started)

    def wake(self, *, token: str, hold: Hold) -> bool:
        if token in self.gone:
            return False
        self.woken.append((token, hold.state))
        return True


class MemoryBus:
    def __init__(self) -> None:
        self.announced: list[tuple[str, Mapping[str, object]]] = []

    def announce(self, *, what: str, detail: Mapping[str, object]) -> None:
        self.announced.append((what, detail))


class MemoryContinuing:
    """Remembers which uploads are to be read on, each once."""

    def __init__(self) -> None:
        self.started: dict[tuple[str, str | None], Continuation] = {}

    def start(self, *, continuation: Continuation) -> None:
        self.started.setdefault((continuation.key, continuation.version), continuation)
