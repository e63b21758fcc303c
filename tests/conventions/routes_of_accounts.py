"""Who gets through where: signing in, one's own page, departments and their people."""

from typing import Any

from tests.conventions.routes import EVERYONE, Route, button, page, route

BELONGING = {"manager", "administrator", "platform"}  # to MHCLG, or to every department
ADMINISTERING = {"administrator", "platform"}


def _department(scene: Any) -> dict[str, Any]:
    return {"slug": scene.cast.mhclg.slug}


def _person(scene: Any) -> dict[str, Any]:
    return {"slug": scene.cast.mhclg.slug, "pk": scene.cast.manager.pk}


def _role(scene: Any) -> dict[str, Any]:
    return {"slug": scene.cast.mhclg.slug, "pk": scene.cast.manager.memberships.get().pk}


def _forged(scene: Any) -> dict[str, Any]:
    return {"uidb64": "Mg", "token": "forged-token"}


def _administering(arguments: Any) -> Route:
    return route(ADMINISTERING, seen_by=BELONGING, arguments=arguments)


ROUTES_OF_ACCOUNTS: dict[str, Route] = {
    "accounts:sign-in": page(EVERYONE, signed_out=200),
    "accounts:sign-out": button(EVERYONE),
    "accounts:password-forgotten": page(EVERYONE, signed_out=200),
    "accounts:password-link-sent": page(EVERYONE, signed_out=200),
    "accounts:password-set": page(EVERYONE, _forged, signed_out=200),
    "accounts:account": page(EVERYONE),
    "accounts:password-change": page(EVERYONE),
    "accounts:department-list": page(EVERYONE),
    "accounts:department": page(EVERYONE, _department),
    "accounts:department-rename": _administering(_department),
    "accounts:department-people": page(BELONGING, _department),
    "accounts:person": page(BELONGING, _person),
    "accounts:person-add": _administering(_department),
    "accounts:person-stop": _administering(_person),
    "accounts:person-let-in": _administering(_person),
    "accounts:person-send-link": button(ADMINISTERING, _person, seen_by=BELONGING),
    "accounts:role-give": _administering(_department),
    "accounts:role-end": _administering(_role),
}
