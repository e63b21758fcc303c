"""Email addresses: which are open to anybody, and which are usual for a department.

A local default: large providers of personal mail, as of 22 November 2026.
"""

from xgov.accounts.models import Department, User

OPEN_TO_ANYBODY = frozenset({
    "aol.com", "btinternet.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hey.com",
    "hotmail.co.uk", "hotmail.com", "icloud.com", "live.co.uk", "live.com", "mac.com", "mail.com", "me.com", "msn.com",
    "ntlworld.com", "outlook.com", "proton.me", "protonmail.com", "sky.com", "talktalk.net", "virginmedia.com",
    "yahoo.co.uk", "yahoo.com", "ymail.com", "zoho.com",
})  # fmt: skip


def domain_of(email: str) -> str:
    return email.rsplit("@", 1)[-1].strip().lower()


def is_open_to_anybody(domain: str) -> bool:
    return domain in OPEN_TO_ANYBODY


def is_usual_for(department: Department, domain: str) -> bool:
    """Whether somebody of the department has an address there already; where nobody has one yet, nothing is odd."""
    people = User.objects.filter(home_department=department)
    return people.filter(email__endswith=f"@{domain}").exists() or not people.exists()
