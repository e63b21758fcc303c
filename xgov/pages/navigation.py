"""Navigation is data: each app says in its `navigation.py` which pages it has, and the frame draws them.

service_pages.register("programmes", _("Programmes"), "programmes:list", order=20)
programme_pages.register("risks", _("Risks"), "risks:list", order=40)
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xgov.access.permissions import Permission
from xgov.access.roles import type_of_text


@dataclass(frozen=True)
class Page:
    key: str
    label: type_of_text
    url_name: str
    order: int
    needs: Permission | None = None
    shown_to: Callable[[Model], bool] | None = None


@dataclass(frozen=True)
class Entry:
    """One link of a navigation. `current` is what aria-current says: "page", "true" (inside it) or nothing.

    One that is `under_more` folds away behind the others on wide screens too.
    """

    key: str
    label: type_of_text
    url: str
    current: str = ""
    under_more: bool = False


@dataclass
class Shelf:
    pages: dict[str, Page] = field(default_factory=dict)

    def register(
        self,
        key: str,
        label: type_of_text,
        url_name: str,
        order: int,
        needs: Permission | None = None,
        shown_to: Callable[[Model], bool] | None = None,
    ) -> None:
        """Put a page on the shelf. `shown_to(user)` may hide it from people for whom it holds nothing."""
        self.pages[key] = Page(key, label, url_name, order, needs, shown_to)

    def _ordered(self) -> list[Page]:
        return sorted(self.pages.values(), key=lambda page: (page.order, page.key))


class ServicePages(Shelf):
    """The navigation of the whole service."""

    def entries(self, user: Model, path: str) -> list[Entry]:
        links = [
            (page.key, page.label, reverse(page.url_name))
            for page in self._ordered()
            if page.shown_to is None or page.shown_to(user)
        ]
        return _with_current(links, path)


class ProgrammePages(Shelf):
    """The sub-navigation inside one programme. Its addresses all take `reference`."""

    def entries(self, reference: str, permissions: Collection[str], path: str) -> list[Entry]:
        links = [
            (page.key, page.label, reverse(page.url_name, kwargs={"reference": reference}))
            for page in self._ordered()
            if page.needs is None or page.needs in permissions
        ]
        return _with_current(links, path)


def _with_current(links: list[tuple[str, type_of_text, str]], path: str) -> list[Entry]:
    """The longest address that the path begins with is where the person is."""
    holding = [url for _key, _label, url in links if path == url or (url != "/" and path.startswith(url))]
    nearest = max(holding, key=len, default=None)
    return [
        Entry(key, label, url, current="" if url != nearest else "page" if url == path else "true")
        for key, label, url in links
    ]


service_pages = ServicePages()
programme_pages = ProgrammePages()
service_pages.register("home", _("Home"), "home", order=10)
service_pages.register("search", _("Search"), "pages:search", order=45)
