"""Short references that people quote: D-001 is the first decision of its programme."""

import re

from django.db import models

from programmes.models import Programme


def next_reference(model: type[models.Model], programme: Programme, prefix: str) -> str:
    """The next free reference in the programme, which is held, so that no two records get the same."""
    taken = model.objects.filter(programme=programme, reference__startswith=f"{prefix}-")
    numbers = (re.fullmatch(rf"{re.escape(prefix)}-(\d+)", text) for text in taken.values_list("reference", flat=True))
    return f"{prefix}-{max((int(found[1]) for found in numbers if found), default=0) + 1:03}"
