"""How a field becomes GOV.UK markup: the classes, the ids of hint and error, and which box an error points at."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField, widgets
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property

_CLASSES: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.Textarea, "govuk-textarea"),
    (widgets.RadioSelect, ""),
    (widgets.CheckboxSelectMultiple, ""),
    (widgets.CheckboxInput, "govuk-checkboxes__input"),
    (widgets.Select, "govuk-select"),
    (widgets.FileInput, "govuk-file-upload"),
    (widgets.HiddenInput, ""),
    (widgets.Input, "govuk-input"),
)
# Answers that are short get a box that shows it.
_NARROW: tuple[tuple[type[widgets.Widget], str], ...] = ((widgets.NumberInput, "govuk-input--width-5"),)


def _first(table: tuple[tuple[type[widgets.Widget], str], ...], widget: widgets.Widget) -> str:
    return next((words for kind, words in table if isinstance(widget, kind)), "")


class GovukField(BoundField):
    """A bound field that knows GOV.UK's markup."""

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}-hint" if self.help_text else ""

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-error" if self.errors else ""

    @property
    def count_id(self) -> str:
        return f"{self.auto_id}-info" if self.counted_to else ""

    @property
    def aria_describedby(self) -> str | None:
        if self.field.widget.attrs.get("aria-describedby") or self.is_hidden:
            return None
        return " ".join(part for part in (self.hint_id, self.error_id, self.count_id) if part) or None

    @cached_property
    def counted_to(self) -> int | None:
        """The number of characters that a long answer may have: shown as a count, never cut off while typing."""
        limit = getattr(self.field, "max_length", None)
        return limit if isinstance(self.field.widget, widgets.Textarea) else None

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, widgets.CheckboxInput)

    @property
    def shows_optional(self) -> bool:
        """An answer `asked_otherwise` may stand in another field instead, so it is not optional in itself."""
        if getattr(self.field, "asked_otherwise", False):
            return False
        return not self.field.required and not self.field.disabled and not self.is_single_checkbox

    @property
    def error_boxes(self) -> frozenset[str]:
        """Of a field with several boxes, those that are wrong; empty: all of them."""
        for error in self.form.errors.as_data().get(self.name, ()):
            if isinstance(error, ValidationError) and error.params and "boxes" in error.params:
                return frozenset(error.params["boxes"])
        return frozenset()

    @property
    def error_target(self) -> str:
        """The id that a link in the error summary goes to."""
        widget = self.field.widget
        if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
            return f"{self.auto_id}_0" if len(self.subwidgets) else self.auto_id
        if boxes := getattr(widget, "box_names", None):
            wrong = self.error_boxes
            return f"{self.auto_id}_{next((box for box in boxes if box in wrong), boxes[0])}"
        return self.auto_id

    def build_widget_attrs(self, attrs: dict[str, Any], widget: widgets.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)  # the server says what is missing, in words
        own = widget.attrs.get("class", "")
        names = [_first(_CLASSES, widget), own]
        if "width" not in own:
            names.append(_first(_NARROW, widget))
        if self.errors and names[0] in ("govuk-input", "govuk-textarea", "govuk-select", "govuk-file-upload"):
            names.append(f"{names[0]}--error")
        if self.counted_to:
            names.append("govuk-js-character-count")
        if joined := " ".join(name for name in names if name):
            attrs["class"] = joined
        if isinstance(widget, widgets.Textarea):
            attrs["cols"] = False
            attrs["rows"] = 5 if str(widget.attrs.get("rows")) == "10" else widget.attrs.get("rows", 5)
        if "autofocus" in widget.attrs:
            attrs["autofocus"] = False  # the page is read from its heading
        if "maxlength" in widget.attrs:
            attrs["maxlength"] = False  # browsers cut pasted text without a word
        if widget.use_fieldset or isinstance(widget, widgets.CheckboxInput):
            attrs.pop("aria-invalid", None)  # not allowed on a radio button or a checkbox
        if self.errors and hasattr(widget, "box_names"):
            attrs["data-wrong"] = self.error_boxes
        return attrs


class GovukRenderer(TemplatesSetting):
    """Finds the form templates in templates/django/forms/, Django's own behind them."""

    form_template_name = "django/forms/govuk_form.html"
    formset_template_name = "django/forms/govuk_formset.html"
    field_template_name = "django/forms/govuk_field.html"
    bound_field_class = GovukField
