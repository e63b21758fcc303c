"""What whoever takes in a publication of the Government Major Projects Portfolio is told of it, in numbers."""

from collections.abc import Iterator

from django.utils.translation import ngettext

from programmes.gmpp_columns import in_words
from programmes.gmpp_file import GmppFile, kept_by_column


def without_a_lead(count: int, code: str) -> str:
    words = ngettext(
        "%(count)d project names the department %(code)s, which is not known here: it has no lead yet.",
        "%(count)d projects name the department %(code)s, which is not known here: they have no lead yet.",
        count,
    )
    return words % {"count": count, "code": code}


def notes_on(file: GmppFile) -> Iterator[str]:
    number = len(file.rows)
    words = ngettext("Position at %(day)s, %(number)d project.", "Position at %(day)s, %(number)d projects.", number)
    yield words % {"day": f"{file.as_at:%-d %B %Y}", "number": number}
    for column, count in sorted(kept_by_column(file.rows).items()):
        words = ngettext(
            "Kept as text: %(count)d value of %(column)s.", "Kept as text: %(count)d values of %(column)s.", count
        )
        yield words % {"count": count, "column": in_words(column)}
