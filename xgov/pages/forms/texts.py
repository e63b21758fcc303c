"""What every answer in words keeps to: something that can be seen, and no more than a person can read."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

# About ten printed pages. What is longer belongs in a document of its own. A local default.
LONGEST_TEXT = 30_000


class Seen:
    """An answer of nothing but spaces and signs without width reads as none, and answers as none."""

    def __init__(self, field: forms.CharField) -> None:
        self.messages = field.error_messages

    def __call__(self, text: str) -> None:
        if not any(unicodedata.category(sign)[0] not in "CZ" for sign in text):
            raise ValidationError(self.messages["required"], code="required")


def keep_to_text(field: forms.CharField) -> None:
    """Give the field what every answer in words keeps to, once."""
    if any(isinstance(validator, Seen) for validator in field.validators):
        return
    field.validators.append(Seen(field))
    if field.max_length is None and isinstance(field.widget, forms.Textarea):
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
