"""People and departments. That a department exists is no secret; who belongs to it is."""

from tests.conventions.routes import (
    ADMINISTERING,
    EVERYONE,
    OF_MHCLG,
    Rows,
    at_the_entrance,
    button,
    form,
    page,
)

ROUTES: Rows = {
    "accounts:sign-in": at_the_entrance(form=True),
    "accounts:sign-out": form(EVERYONE),
    "accounts:password-forgotten": at_the_entrance(form=True),
    "accounts:password-link-sent": at_the_entrance(),
    "accounts:password-set": at_the_entrance("stale_link", form=True),
    "accounts:account": page(EVERYONE),
    "accounts:password-change": form(EVERYONE),
    "accounts:department-list": page(EVERYONE),
    "accounts:department": page(EVERYONE, "mhclg"),
    "accounts:department-rename": form(ADMINISTERING, "mhclg", seen_by=OF_MHCLG),
    "accounts:name-cancel": form(ADMINISTERING, "coming_name", seen_by=OF_MHCLG),
    "accounts:department-people": [
        page(OF_MHCLG, "mhclg"),
        page({"outsider", "platform"}, "dft"),
    ],
    "accounts:person-add": form(ADMINISTERING, "mhclg", seen_by=OF_MHCLG),
    "accounts:role-give": [
        form(ADMINISTERING, "mhclg", seen_by=OF_MHCLG),
        form({"platform"}, "dft", seen_by={"outsider"}),
    ],
    "accounts:role-end": [
        form(ADMINISTERING, "membership", seen_by=OF_MHCLG),
        form({"platform"}, "dft_membership", seen_by={"outsider"}),
    ],
    "accounts:person": page(OF_MHCLG, "manager"),
    "accounts:person-stop": form(ADMINISTERING, "manager", seen_by=OF_MHCLG),
    "accounts:person-let-in": form(ADMINISTERING, "stopped_person", seen_by=OF_MHCLG),
    "accounts:person-send-link": button(ADMINISTERING, "manager", seen_by=OF_MHCLG),
}
