"""Bringing a spreadsheet: the file, what its columns are, what its words stand for."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.models import Programme
from risks import categories
from risks.forms.people import keepers
from risks.imports.fields import FIELDS, LEVELS, levels_of
from risks.imports.foreign import AS_GIVEN, LEFT_OUT, REFERENCE, Outline
from risks.imports.surroundings import Surroundings
from risks.models import ColumnMapping, Risk
from risks.timing import PROXIMITY_CHOICES, VELOCITY_CHOICES
from xgov.accounts.models import User
from xgov.pages.forms import PlainForm

MOST_WORDS = 40  # different words of one column that a person is asked about; the rest is read as it stands
_REPEATED = {"cause", "event", "consequence", AS_GIVEN, LEFT_OUT}


class BringForm(PlainForm):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        error_messages={
            "required": gettext_lazy("Choose a spreadsheet"), "empty": gettext_lazy("The spreadsheet is empty"),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, person: User, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _("XLSX or CSV, up to %(most)d MB. Nothing changes until you have seen what would change.")
        self.fields["file"].help_text = said % {"most": settings.XGOV_IMPORT_MEGABYTES}
        self.fields["kept_by"] = keepers(person, programme, _("Department that brings it"))
        departments = list(self.fields["kept_by"].queryset[:2])
        home = person.home_department_id
        if len(departments) == 1:
            self.initial["kept_by"] = departments[0].pk
        elif home and self.fields["kept_by"].queryset.filter(pk=home).exists():
            self.initial["kept_by"] = home
        self._mind_manners()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        most = settings.XGOV_IMPORT_MEGABYTES
        if file.size > most * 1024 * 1024:
            raise forms.ValidationError(_("The spreadsheet must be smaller than %(most)d MB") % {"most": most})
        return file


TARGETS = [
    (AS_GIVEN, gettext_lazy("Kept as given, beside the risk")),
    (LEFT_OUT, gettext_lazy("Left out")),
    (REFERENCE, gettext_lazy("Their reference")),
    *((key, field.label) for key, field in FIELDS.items() if key not in {"local_category", "needs_funding"}),
]


class ColumnsForm(PlainForm):
    """A question for each column of the file."""

    def __init__(
        self, *args: Any, outline: Outline, around: Surroundings, person: User, chosen: dict[str, str],
        mapping: ColumnMapping | None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.outline = outline
        for place, header in outline.columns:
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header,
                choices=TARGETS,
                initial=chosen.get(header, AS_GIVEN),
                help_text=_examples(outline, header),
            )
        allowed = [(code, label) for code, label in categories.CHOICES if code in around.terms.categories]
        self.fields["category"] = forms.ChoiceField(
            label=_("Category of risks that name none"), choices=[("", _("Select a category")), *allowed],
            initial=mapping.category if mapping else "",
            error_messages={"required": _("Select a category for risks that name none")},
        )  # fmt: skip
        self.fields["kept_by"] = keepers(person, around.programme, _("Department that keeps risks that name none"))
        self.initial["kept_by"] = mapping.kept_by_id if mapping else person.home_department_id
        self._mind_manners()
        of_columns = tuple(name for name in self.fields if name.startswith("column_"))
        self.sections = (
            (_("Columns of the file"), of_columns),
            (_("Where the file says nothing"), ("category", "kept_by")),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for place, header in self.outline.columns:
            field = cleaned.get(f"column_{place}")
            if field in seen and field not in _REPEATED:
                words = _("“%(header)s” and “%(other)s” can not both be: %(what)s")
                said = {"header": header, "other": seen[field], "what": dict(TARGETS)[field]}
                self.add_error(f"column_{place}", words % said)
            seen.setdefault(field, header)
        if not {"title", "event"} & set(seen):
            self.add_error(None, _("Say which column is the title, or the event"))
        return cleaned

    @property
    def columns(self) -> dict[str, str]:
        return {header: self.cleaned_data[f"column_{place}"] for place, header in self.outline.columns}


def _examples(outline: Outline, header: str) -> str:
    values = [value if len(value) <= 60 else f"{value[:59]}…" for value in list(outline.values(header))[:3]]
    values = [" ".join(value.split()) for value in values]
    return _("For example: %(examples)s") % {"examples": "; ".join(values)} if values else _("Empty in every row")


class WordsForm(PlainForm):
    """A question for each word of the columns that have words: what it stands for here.

    Likelihoods are of one scale, before and after anything is done, and so are impacts: each word is asked about once.
    """

    def __init__(
        self, *args: Any, outline: Outline, around: Surroundings, columns: dict[str, str],
        chosen: dict[str, dict[str, Any]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.asked: dict[str, tuple[list[str], str]] = {}  # name of the question -> fields, word
        together: dict[str, dict[str, str]] = {}
        for header, field in columns.items():
            if field in FIELDS and FIELDS[field].has_words and header in outline.headers:
                together.setdefault(_scale_of(field), {})[header] = field
        sections = []
        for scale, fields in together.items():
            values = sum((outline.values(header) for header in fields), Counter())
            if names := list(self._ask(scale, list(fields.values()), values, around, chosen)):
                sections.append((_heading(scale, fields), names))
        self._mind_manners()
        self.sections = tuple(sections)

    def _ask(
        self, scale: str, fields: list[str], values: Counter[str], around: Surroundings,
        chosen: dict[str, dict[str, Any]],
    ) -> Iterator[str]:  # fmt: skip
        choices = [(AS_GIVEN, _("Keep as given")), *_meanings(fields[0], around)]
        for number, (word, times) in enumerate(values.most_common(MOST_WORDS)):
            name = f"{scale}_{number}"
            self.asked[name] = (fields, word)
            meant = {str(chosen[field][word]) for field in fields if word in chosen.get(field, {})}
            often = ngettext("In %(times)d cell", "In %(times)d cells", times) % {"times": times}
            self.fields[name] = forms.ChoiceField(
                label=word if len(word) <= 120 else f"{word[:119]}…", choices=choices,
                initial=(meant.pop() if len(meant) == 1 else "") or AS_GIVEN, help_text=often,
            )  # fmt: skip
            yield name

    @property
    def words(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for name, (fields, word) in self.asked.items():
            meant = self.cleaned_data[name]
            for field in fields:
                found.setdefault(field, {})[word] = "" if meant == AS_GIVEN else meant
        return found


_SCALES = {"likelihood": gettext_lazy("Likelihood"), "impact": gettext_lazy("Impact")}


def _scale_of(field: str) -> str:
    return field.rpartition("_")[2] if field in LEVELS else field


def _heading(scale: str, fields: dict[str, str]) -> str:
    """What their columns are called, and what ours is where that is another word."""
    ours = str(_SCALES[scale] if scale in _SCALES else FIELDS[scale].label)
    theirs = ", ".join(f"“{header}”" for header in fields)
    return theirs if [ours.casefold()] == [header.casefold() for header in fields] else f"{ours}: {theirs}"


def _meanings(field: str, around: Surroundings) -> list[tuple[str, Any]]:
    if field in LEVELS:
        return [(str(level.value), f"{level.value} {level.label}") for level in levels_of(field, around)]
    if field == "owner":
        people = sorted(around.owners.values(), key=lambda person: person.name)
        return [(str(person.pk), f"{person.name}, {person.email}") for person in people]
    if field == "kept_by":
        return [(str(each.pk), each.name) for each in sorted(around.departments.values(), key=lambda d: d.name)]
    choices = {
        "status": Risk.Status.choices,
        "category": [(code, label) for code, label in categories.CHOICES if code in around.terms.categories],
        "response": Risk.Response.choices,
        "proximity": PROXIMITY_CHOICES,
        "velocity": VELOCITY_CHOICES,
    }
    return list(choices[field])


class ApplyForm(PlainForm):
    over_changes = forms.BooleanField(
        label=gettext_lazy("Also change the rows in which the register has changed since the copy was made"),
        required=False,
        help_text=gettext_lazy("Only the fields that were changed in the file. Else those rows stay as they are."),
    )  # fmt: skip
