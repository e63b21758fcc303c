"""Error messages in GOV.UK wording: what went wrong with this very question and how to put it right."""

from django import forms
from django.forms import widgets
from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text

_PICKED = (widgets.Select, widgets.RadioSelect, widgets.CheckboxSelectMultiple)


def inside_a_sentence(label: str) -> str:
    """`Start date` becomes `start date`; `SRO`, `DWP's contact` and `£` stay as they are."""
    first_word = label.split(" ", 1)[0]
    if first_word == "I" or any(letter.isupper() for letter in first_word[1:]):
        return label
    return label[:1].lower() + label[1:]


def use_own_words(field: forms.Field, label: str) -> None:
    """Replace Django's general messages, where the form has not said something better itself."""
    for code, words in _messages(field, label).items():
        if _is_django_default(field, code):
            field.error_messages[code] = words


def _is_django_default(field: forms.Field, code: str) -> bool:
    current = field.error_messages.get(code)
    if current is None:
        return True
    for kind in type(field).__mro__:
        default = getattr(kind, "default_error_messages", {}).get(code)
        if default is not None and kind.__module__.startswith("django."):
            return current is default
    return False


def _messages(field: forms.Field, label: str) -> dict[str, type_of_text]:
    inside = inside_a_sentence(label)
    said = {"label": label, "inside": inside}
    # These messages are filled in once more, with the limit: a percent sign of the label must outlive that.
    filled = {key: words.replace("%", "%%") for key, words in said.items()}
    if label.endswith("?"):  # a question is no subject of a sentence
        filled["label"] = str(_("Your answer"))
    messages: dict[str, type_of_text] = {
        "required": _required(field, label, inside),
        "max_length": _("%(label)s must be %%(limit_value)d characters or fewer") % filled,
        "min_length": _("%(label)s must be %%(limit_value)d characters or more") % filled,
        "min_value": _("%(label)s must be %%(limit_value)s or more") % filled,
        "max_value": _("%(label)s must be %%(limit_value)s or less") % filled,
        "max_decimal_places": _("%(label)s must have no more than %%(max)s decimal places") % filled,
        "max_digits": _("%(label)s is too large a number") % filled,
        "max_whole_digits": _("%(label)s is too large a number") % filled,
        "invalid_choice": _select(label) % filled,
        "invalid_pk_value": _select(label) % filled,
    }
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField | forms.FloatField):
        messages["invalid"] = _("%(label)s must be a whole number") % said
    elif isinstance(field, forms.DecimalField | forms.FloatField):
        messages["invalid"] = _("%(label)s must be a number, like 12.5") % said
    elif isinstance(field, forms.EmailField):
        messages["invalid"] = _("Enter an email address in the correct format, like name@example.gov.uk")
    elif isinstance(field, forms.URLField):
        messages["invalid"] = _("Enter a web address in the correct format, like https://www.gov.uk")
    return messages


def _select(label: str) -> type_of_text:
    if label.endswith("?"):
        return _("Select one of the answers that are offered")
    return _("Select %(inside)s from the list")


def _required(field: forms.Field, label: str, inside: str) -> type_of_text:
    if label.rstrip().endswith("?"):
        return _("Answer the question “%(label)s”") % {"label": label}
    if isinstance(field.widget, widgets.CheckboxInput):
        return _("Confirm: %(inside)s") % {"inside": inside}
    if isinstance(field, forms.FileField):
        return _("Select a file: %(inside)s") % {"inside": inside}
    if isinstance(field.widget, _PICKED):
        return _("Select %(inside)s") % {"inside": inside}
    return _("Enter %(inside)s") % {"inside": inside}


def label_of(field: forms.Field, name: str) -> str:
    return str(field.label if field.label is not None else forms.utils.pretty_name(name))
