"""What the next record of a register is called."""

from django.db.models import Model
from django.db.models.functions import Length

from programmes.models import Programme


def next_reference(kind: type[Model], programme: Programme, prefix: str) -> str:
    """`R-0013` after `R-0012`. The caller holds the programme, so that two people adding at once get two references."""
    newest = (
        kind._base_manager.filter(programme=programme)
        .order_by(Length("reference").desc(), "-reference")
        .values_list("reference", flat=True)
        .first()
    )
    return f"{prefix}-{int(newest.rpartition('-')[2]) + 1 if newest else 1:04}"
