"""For which categories an appetite is agreed: those that the register uses."""

from dataclasses import replace

import pytest

from programmes.models import Programme
from risks.actions import set_appetite
from risks.models import Appetite, Risk
from risks.register_terms import DEFAULT_TERMS
from tests.cast import Cast, client_of
from tests.factories import make_appetite, make_risk, make_settings
from tests.factories.escalations import make_department_appetite
from tests.risks.answers import RISKS, text_of
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

PAGE = f"{RISKS}appetite/"
FORM = f"{PAGE}COMMERCIAL/"
NOT_USED = "Not used by this register"


@pytest.fixture
def without_commercial(cast: Cast) -> Programme:
    used = tuple(code for code in DEFAULT_TERMS.categories if code != "COMMERCIAL")
    make_settings(cast.programme, cast.manager, replace(DEFAULT_TERMS, categories=used))
    return cast.programme


def test_a_category_that_the_register_does_not_use_is_not_agreed_on(cast: Cast, without_commercial: Programme) -> None:
    make_department_appetite(cast.dwp, category="COMMERCIAL")
    manager = client_of(cast.manager)
    page = text_of(manager.get(PAGE))
    assert "Financial" in page
    assert "Commercial" not in page
    answer = manager.get(FORM, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "This register does not use that category." in text_of(answer)
    with pytest.raises(RuleBroken, match="does not use that category"):
        set_appetite(
            cast.programme, "COMMERCIAL", by=cast.manager, level="OPEN", agreed_by="Board", agreed_on=today(),
            review_due=today(),
        )  # fmt: skip
    assert not Appetite.objects.exists()


def test_one_in_which_something_still_stands_is_listed_and_said_to_be_unused(
    cast: Cast, without_commercial: Programme
) -> None:
    make_appetite(cast.programme, "COMMERCIAL")
    manager = client_of(cast.manager)
    page = text_of(manager.get(PAGE))
    assert "Commercial" in page
    assert NOT_USED in page
    assert manager.get(FORM).status_code == 200


def test_a_live_risk_keeps_its_category_on_the_page_for_those_who_see_it(
    cast: Cast, without_commercial: Programme, sensitive_risk: Risk
) -> None:
    assert NOT_USED in text_of(client_of(cast.sro).get(PAGE))
    assert NOT_USED not in text_of(client_of(cast.viewer).get(PAGE))
    make_risk(cast.programme, cast.dwp, cast.contributor, category="COMMERCIAL", status="CLOSED")
    assert NOT_USED not in text_of(client_of(cast.viewer).get(PAGE))
