"""The exemptions under which a figure is usually withheld. Source: Freedom of Information Act 2000, Part II."""

from django.utils.translation import gettext_lazy as _

FOI_SECTIONS = [
    ("22", _("Section 22: information intended for future publication")),
    ("24", _("Section 24: national security")),
    ("26", _("Section 26: defence")),
    ("27", _("Section 27: international relations")),
    ("29", _("Section 29: the economy")),
    ("31", _("Section 31: law enforcement")),
    ("35", _("Section 35: formulation of government policy")),
    ("36", _("Section 36: prejudice to the effective conduct of public affairs")),
    ("38", _("Section 38: health and safety")),
    ("40", _("Section 40: personal information")),
    ("41", _("Section 41: information provided in confidence")),
    ("43", _("Section 43: commercial interests")),
]
