"""Matching a register of another shape: which it is, what its columns are, what its words stand for."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from risks import assurance, categories
from risks.forms.people import keepers
from risks.imports import guesses
from risks.imports.fields import IN_FOREIGN, LEVELS, levels_of
from risks.imports.foreign import AS_GIVEN, LEFT_OUT, REFERENCE, Outline
from risks.imports.matching import Words, undecided
from risks.imports.surroundings import Surroundings
from risks.models import ColumnMapping, RegisterImport, Risk
from risks.timing import PROXIMITY_CHOICES, VELOCITY_CHOICES
from xgov.accounts.models import User
from xgov.pages.forms import PlainForm
from xgov.pages.values import day

MOST_WORDS = 40  # different words of one column that a person is asked about; the rest is read as it stands
ANOTHER = "another"
_REPEATED = {"cause", "event", "consequence", AS_GIVEN, LEFT_OUT}


TARGETS = [
    (AS_GIVEN, gettext_lazy("Kept as given, beside the risk")),
    (LEFT_OUT, gettext_lazy("Left out")),
    (REFERENCE, gettext_lazy("Their reference")),
    *((key, field.label) for key, field in IN_FOREIGN.items() if key not in {"local_category", "needs_funding"}),
]


class ColumnsForm(PlainForm):
    """A question for each column of the file."""

    def __init__(
        self, *args: Any, brought: RegisterImport, outline: Outline, around: Surroundings, person: User,
        known: Sequence[ColumnMapping] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        """`known`: the registers with these columns that the department has brought before."""
        super().__init__(*args, **kwargs)
        self.outline, self.known = outline, {str(each.pk): each for each in known}
        mapping = brought.mapping or (known[-1] if known else None)
        chosen = mapping.columns if mapping else guesses.columns(outline)
        if known:
            self._ask_which(brought)
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
        self._ask_of_controls(mapping)
        self._mind_manners()
        of_columns = tuple(name for name in self.fields if name.startswith("column_"))
        self.sections = (
            (_("The register"), ("register",)),
            (_("Columns of the file"), of_columns),
            (_("Where the file says nothing"), ("category", "kept_by", "control_type", "control_line")),
        )

    def _ask_of_controls(self, mapping: ColumnMapping | None) -> None:
        for name, label, choices in (
            ("control_type", _("Type of controls that name none"), assurance.TYPE_CHOICES),
            ("control_line", _("Line of assurance of controls that name none"), assurance.LINE_CHOICES),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[("", _("None: they are kept as given")), *choices],
                initial=getattr(mapping, name, ""),
            )  # fmt: skip

    def _ask_which(self, brought: RegisterImport) -> None:
        """Two registers made from one template have the same columns, and are two all the same."""
        before = [(key, _called(each)) for key, each in self.known.items()]
        new = (ANOTHER, _("Another register with the same columns"))
        self.fields["register"] = forms.ChoiceField(
            label=_("Which register is it?"), choices=[("", _("Select a register")), *before, new],
            initial=str(brought.mapping_id or ""),
            help_text=_("A later copy of a register changes the risks that it brought. Another one adds risks."),
            error_messages={"required": _("Select which register it is")},
        )  # fmt: skip

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
    def which(self) -> dict[str, Any]:
        """For the action: the register that it is a copy of, or that it is another."""
        chosen = self.cleaned_data.get("register", "")
        return {"register": self.known.get(chosen), "is_another": chosen == ANOTHER}

    @property
    def columns(self) -> dict[str, str]:
        return {header: self.cleaned_data[f"column_{place}"] for place, header in self.outline.columns}


def _called(mapping: ColumnMapping) -> str:
    said = {"name": mapping.name or str(mapping), "day": day(mapping.created_at)}
    return _("%(name)s, first matched on %(day)s") % said


def _examples(outline: Outline, header: str) -> str:
    values = [value if len(value) <= 60 else f"{value[:59]}…" for value in list(outline.values(header))[:3]]
    values = [" ".join(value.split()) for value in values]
    return _("For example: %(examples)s") % {"examples": "; ".join(values)} if values else _("Empty in every row")


class WordsForm(PlainForm):
    """A question for each word of the columns that have words: what it stands for here.

    Likelihoods are of one scale, before and after anything is done, and so are impacts: each word is asked about once.
    What is new in this copy stands first, and is marked.
    """

    def __init__(
        self, *args: Any, outline: Outline, around: Surroundings, columns: dict[str, str], chosen: Words, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, tuple[list[str], str]] = {}  # name of the question -> fields, word
        self.chosen, self.around = chosen, around
        self.guessed = guesses.words(outline, columns, around)
        self.new = undecided(outline, columns, chosen)
        sections: list[tuple[str, list[str]]] = []
        for scale, fields in _by_scale(outline, columns).items():
            values = sum((outline.values(header) for header in fields), Counter())
            new, known = self._ask(scale, list(dict.fromkeys(fields.values())), values)
            heading = _heading(scale, fields)
            if new and self.is_a_later_copy:
                sections.insert(0, (_("New in this copy: %(heading)s") % {"heading": heading}, new))
            if rest := known if self.is_a_later_copy else [*new, *known]:
                sections.append((heading, rest))
        self._mind_manners()
        self.sections = tuple(sections)

    @property
    def is_a_later_copy(self) -> bool:
        return any(self.chosen.values())

    def _ask(self, scale: str, fields: list[str], values: Counter[str]) -> tuple[list[str], list[str]]:
        """The names of the questions about words that nobody has decided on, and about those that somebody has."""
        new = {word for field in fields for word in self.new.get(field, ())}
        new -= {word for field in fields for word in self.chosen.get(field, ())}
        words = sorted(values, key=lambda word: (word not in new, -values[word]))[:MOST_WORDS]
        choices = [(AS_GIVEN, _("Keep as given")), *_meanings(fields[0], self.around)]
        found: tuple[list[str], list[str]] = ([], [])
        for number, word in enumerate(words):
            name = f"{scale}_{number}"
            self.asked[name] = (fields, word)
            often = ngettext("In %(times)d cell", "In %(times)d cells", values[word]) % {"times": values[word]}
            self.fields[name] = forms.ChoiceField(
                label=word if len(word) <= 120 else f"{word[:119]}…", choices=choices,
                initial=self._meant(fields, word), help_text=often,
            )  # fmt: skip
            found[word not in new].append(name)
        return found

    def _meant(self, fields: list[str], word: str) -> str:
        """As it was said; of a new word what it most likely means. Nothing where the columns do not agree."""
        for known in (self.chosen, self.guessed):
            meant = {str(known[field][word]) for field in fields if word in known.get(field, {})}
            if meant:
                return (meant.pop() if len(meant) == 1 else "") or AS_GIVEN
        return AS_GIVEN

    @property
    def words(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for name, (fields, word) in self.asked.items():
            meant = self.cleaned_data[name]
            for field in fields:
                found.setdefault(field, {})[word] = "" if meant == AS_GIVEN else meant
        return found


def _by_scale(outline: Outline, columns: dict[str, str]) -> dict[str, dict[str, str]]:
    """The columns with words, header and field, by the scale that their words are of."""
    found: dict[str, dict[str, str]] = {}
    for header, field in outline.with_words(columns):
        found.setdefault(_scale_of(field), {})[header] = field
    return found


_SCALES = {"likelihood": gettext_lazy("Likelihood"), "impact": gettext_lazy("Impact")}


def _scale_of(field: str) -> str:
    return field.rpartition("_")[2] if field in LEVELS else field


def _heading(scale: str, fields: dict[str, str]) -> str:
    """What their columns are called, and what ours is where that is another word."""
    ours = str(_SCALES[scale] if scale in _SCALES else IN_FOREIGN[scale].label)
    theirs = ", ".join(f"“{header}”" for header in fields)
    return theirs if [ours.casefold()] == [header.casefold() for header in fields] else f"{ours}: {theirs}"


def _meanings(field: str, around: Surroundings) -> list[tuple[str, Any]]:
    if field in LEVELS:
        return [(str(level.value), f"{level.value} {level.label}") for level in levels_of(field, around)]
    if field in {"owner", "mitigation_owner"}:
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
        "control_type": assurance.TYPE_CHOICES,
        "control_line": assurance.LINE_CHOICES,
    }
    return list(choices[field])
