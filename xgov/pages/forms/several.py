"""Several records to tick. A number that no row can have is no choice, and no fault of ours."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet


class OnlyRealNumbers:
    """For fields of several records: SQLite fails on a number that is longer than its own."""

    def _check_values(self, value: Any) -> QuerySet:
        try:
            return super()._check_values(value)
        except OverflowError as too_long:
            longest = max(map(str, value), key=len)
            raise ValidationError(
                self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": longest}
            ) from too_long


class SeveralRecordsField(OnlyRealNumbers, forms.ModelMultipleChoiceField):
    pass
