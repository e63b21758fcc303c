"""Where a list of the law was taken from, when it was read, and whether it is only our default."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Source:
    title: Text
    read_on: date
    address: str = ""
    # kept from general knowledge or made here: shown with the words "local default" until somebody has checked it
    is_local_default: bool = False
