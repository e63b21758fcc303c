"""Names the people of the demonstration on the sign-in page: only there do they exist."""

from django.conf import settings

from xgov.accounts.sign_in_notices import Notice, on_sign_in_page
from xgov.demo.people import PASSWORD, READERS


def people_of_the_demonstration() -> Notice:
    return Notice("demo/people.html", {"people": READERS, "password": PASSWORD})


if settings.XGOV_DEMO:
    on_sign_in_page(people_of_the_demonstration)
