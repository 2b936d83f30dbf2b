"""The pages of the problem codes, as Markdown: what `docs/errors` holds, made from `schemas/problems.toml`."""

from collections.abc import Iterator

from schemas.problem import Code, Severity
from schemas.problem_page import Example, Layout, ProblemPage, problem_pages

INDEX = "README.md"
REACHES = {
    Severity.FILE: "nothing in the file counts",
    Severity.PRACTICE: "nothing of that practice in this file counts; the other practices do",
    Severity.ROW: "nothing of that practice in this file counts; the other practices do",
    Severity.WARNING: "what was sent is accepted",
}
SHOWN = {
    Layout.EXTRACT: "Rows of an extract, below its header",
    Layout.FILE: "A whole extract",
    Layout.ORGANISATIONS: "Rows of a file of organisations, below its header",
    Layout.PARTICIPATION: "Rows of a participation list, below its header",
    Layout.DECISIONS: "Rows of a file of decisions, below its header",
    Layout.KEY: "Where a file was put",
    Layout.DEED: "What was done",
}
FRONT = """# The problem codes

Every problem in a report has a code. A code never changes its meaning, and has a page here with what is wrong, how to
mend it, and an example. `cqrs errors` prints them too. The same words are data in `schemas/problems.toml`, from which
`make docs` writes this folder.
"""
STAGE = """
## The examples

Each example is refused by the checks with its code at the line named; a test sends them all. They take for granted that

* the file is of QOF2324 as `PAYMENT`, from EMIS, received on 3 April 2024 at noon;
* A81001 and A81002 are known and take part in it. A81003 takes part until 30 September 2023, A81004 closed on 31 March
  2023, TPP serves A81005, and nobody knows Z99999;
* an extract begins with its header as line 1, and so do the other files. [For suppliers](../suppliers.md) has the
  headers.
"""


def written_pages() -> dict[str, str]:
    """Every page of the folder by its name, the index among them."""
    return {INDEX: _index(), **{f"{code}.md": page_text(code=code) for code in problem_pages()}}


def page_text(*, code: Code) -> str:
    """The page of one code."""
    return "\n".join(_page(code, problem_pages()[code])) + "\n"


def _page(code: Code, page: ProblemPage) -> Iterator[str]:
    yield from (f"# {code}", "", f"{page.title}.", "")
    yield f"**Severity.** `{page.severity}`: {REACHES[page.severity]}."
    yield from ("", f"**What is wrong.** {page.wrong.strip()}")
    yield from ("", f"**How to mend it.** {page.mend.strip()}", "", "## Example", "")
    yield f"{SHOWN[page.example.layout]}. {_place(page)}:"
    yield from ("", *_shown(page.example, page.example.wrong), "", "Right:", "")
    yield from (*_shown(page.example, page.example.right), "")
    yield f"[What the examples take for granted]({INDEX}#the-examples), and all other codes."


def _place(page: ProblemPage) -> str:
    verb = "Warned of" if page.severity is Severity.WARNING else "Refused"
    if page.example.layout is Layout.DEED:
        return verb
    return f"{verb} on line {page.example.line}" if page.example.line else f"{verb} as a whole (line 0)"


def _shown(example: Example, text: str) -> Iterator[str]:
    """The text of an example as a block of code; a deed as the sentence that it is."""
    if example.layout is Layout.DEED:
        yield f"> {text}."
    else:
        yield from (f"    {line}" for line in text.strip("\n").split("\n"))


def _index() -> str:
    lines = [FRONT]
    for severity in Severity:
        lines += [f"## {severity.capitalize()}", "", f"The severity `{severity}`: {REACHES[severity]}.", ""]
        found = ((code, page) for code, page in problem_pages().items() if page.severity is severity)
        lines += [*("| code | what is wrong |", "|---|---|"), *(f"| [{c}]({c}.md) | {p.title} |" for c, p in found), ""]
    return "\n".join(lines).rstrip("\n") + "\n" + STAGE
