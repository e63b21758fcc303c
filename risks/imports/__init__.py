"""Registers that come in as spreadsheets: our own, edited by somebody, and those of any other shape.

`own` reads a copy of this register, `foreign` any other by a mapping of its columns; both give rows of answers.
`comparing` holds the rows against the register and gives a Plan: what would be added, changed, closed and left, and
what is wrong, by sheet and cell. Only risks.actions.imports writes.
"""
