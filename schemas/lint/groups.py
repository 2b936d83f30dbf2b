"""Checks of the groups, and of the register that decides each."""

from collections import Counter
from collections.abc import Iterator

from schemas.service import Group, ServiceDocument


def group_problems(document: ServiceDocument) -> Iterator[str]:
    """Every group is listed once and used, and every indicator belongs to one."""
    listed = Counter(group.code for group in document.groups)
    used = {indicator.group for indicator in document.indicators}
    for code, times in listed.items():
        if times > 1:
            yield f"group {code}: it is listed {times} times; keep one."
        if code not in used:
            yield f"group {code}: no indicator belongs to it; remove it, or correct the indicators' groups."
    for indicator in document.indicators:
        if indicator.group not in listed:
            yield f"{indicator.code}: there is no group {indicator.group}; add it to the groups, or correct the code."


def decider_problems(document: ServiceDocument) -> Iterator[str]:
    """A group is decided by an indicator of its own that has a register row."""
    for group in document.groups:
        yield from _decider(document, group)


def _decider(document: ServiceDocument, group: Group) -> Iterator[str]:
    if group.decided_by is None:
        return
    registers = {i.code: i.fields.register_name for i in document.scored if i.group == group.code}
    if group.decided_by not in registers:
        wrong = f"{group.decided_by} is not one of its indicators with points"
        yield f"group {group.code}: {wrong}; name one whose register decides."
    elif registers[group.decided_by] is None:
        yield f"group {group.code}: {group.decided_by} decides it but has no register; name its register, or another."
