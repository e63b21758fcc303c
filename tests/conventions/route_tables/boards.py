"""Boards and their packs: those inside read them, those who run the programme issue them."""

from tests.conventions.routes import CLEARED, EVERYONE, INSIDE, RUNNING, Rows, form, page

ROUTES: Rows = {
    "governance:board-list": page(EVERYONE),
    "governance:board": page(INSIDE, "board"),
    "governance:add-board": form(RUNNING, "programme"),
    "governance:change-board": form(RUNNING, "board"),
    "governance:running-order": form(RUNNING, "board"),
    "governance:close-board": form(RUNNING, "board"),
    "governance:add-seat": form(RUNNING, "board"),
    "governance:end-seat": form(RUNNING, "seat"),
    "governance:programme-packs": page(INSIDE, "programme"),
    "governance:issue-pack": form(RUNNING, "board"),
    "governance:pack": [page(INSIDE, "pack"), page(CLEARED, "sensitive_pack")],
    "governance:pack-pdf": [page(INSIDE, "pack"), page(CLEARED, "sensitive_pack")],
}
