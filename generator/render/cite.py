"""How to cite a record or one figure: as a sentence, as BibTeX and as RIS. CSL-JSON is an export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.model import Catalogue, Citation, Moment, Page
from generator.render import dates

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LATEX = {  # braces have names too, for BibTeX counts those that LaTeX would escape
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_IN_LATEX = str.maketrans(_LATEX)
_IN_ADDRESS = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "\\{}^`|<> "})


def pages(catalogue: Catalogue, templates: Environment) -> Iterator[Page]:
    """For every incident a file in each form, with the record and each of its figures; for machines, so no template."""
    for id, entry in catalogue.entries.items():
        for ending, write in (("txt", sentence), ("bib", bibtex), ("ris", ris)):
            cited = "\n\n".join(write(each) for each in entry.citations.values())
            yield Page(f"api/v1/cite/{id}.{ending}", f"{cited}\n")


def sentence(cited: Citation) -> str:
    """`As Reported contributors: “Example attack”. As Reported, version of 22 November 2026. https://…`."""
    version = dates.spell(Moment.parse(cited.issued))
    return f"{cited.author}: “{cited.title}”. {cited.container}, version of {version}. {cited.address}"


def bibtex(cited: Citation) -> str:
    """A BibTeX entry of the type @misc; the title keeps its capitals."""
    day = date.fromisoformat(cited.issued)
    return "\n".join(
        (
            f"@misc{{{cited.key},",
            f"  author = {{{{{_latex(cited.author)}}}}},",
            f"  title = {{{{{_latex(cited.title)}}}}},",
            f"  howpublished = {{{_latex(cited.container)}}},",
            f"  year = {{{day.year}}},",
            f"  month = {_MONTHS[day.month - 1]},",
            f"  note = {{Version of {cited.issued}}},",
            f"  url = {{{cited.address.translate(_IN_ADDRESS)}}}",
            "}",
        )
    )


def ris(cited: Citation) -> str:
    """An entry in RIS, the format of reference managers: two letters, two blanks, a hyphen, a blank, the text."""
    day = date.fromisoformat(cited.issued)
    fields = (
        ("TY", "DATA"),
        ("ID", cited.key),
        ("AU", cited.author),
        ("TI", cited.title),
        ("T2", cited.container),
        ("PY", str(day.year)),
        ("DA", f"{day:%Y/%m/%d}/"),
        ("UR", cited.address),
        ("ER", ""),
    )
    return "\n".join(f"{tag}  - {text}" for tag, text in fields)


def _latex(text: str) -> str:
    return text.translate(_IN_LATEX)
