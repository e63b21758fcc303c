"""The demonstration is made only where it may be, is full, and its grants agree with its roles."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from datasharing.models import DataFlow, Dataset
from governance.memorandum_facts import moved_on
from governance.models import AgreementVersion, Decision, Pack
from programmes.models import Programme
from risks.models import Escalation, Risk
from xgov.accounts.models import Department, User
from xgov.demo.people import READERS
from xgov.records.clock import now


def _make(**options) -> str:
    said = StringIO()
    call_command("make_demo", stdout=said, **options)
    return said.getvalue()


def test_demonstration_people_are_not_made_elsewhere(db: None) -> None:
    with pytest.raises(CommandError, match="XGOV_DEMO"):
        _make()
    assert not User.objects.exists()


@pytest.fixture
def made(db: None, settings, tmp_path) -> str:
    settings.XGOV_DEMO = True
    settings.MEDIA_ROOT = tmp_path
    return _make()


def test_the_demonstration_is_full_to_the_brim(made: str) -> None:
    programme = Programme.objects.get(reference="RS-001")
    assert Department.objects.count() == 1254 + 1  # and the National Audit Office, which GOV.UK does not list
    assert Programme.objects.exclude(pk=programme.pk).count() == 244
    assert programme.status == Programme.Status.DELIVERING
    assert {decision.status for decision in Decision.objects.filter(programme=programme)} == {
        "MADE", "SUPERSEDED", "PROPOSED",
    }  # fmt: skip
    assert Risk.objects.filter(programme=programme, above_appetite_since__isnull=False).exists()
    states = set(Escalation.objects.filter(programme=programme).values_list("to_level", "state"))
    assert {("SRO", "ACKNOWLEDGED"), ("SRO", "RETURNED")} <= states
    assert Dataset.objects.late().exists()
    version = AgreementVersion.objects.get(programme=programme)
    assert version.status == AgreementVersion.Status.IN_FORCE
    assert "Accommodation in twelve cities, the joint team" in version.text
    assert moved_on(version) == []
    assert Pack.objects.get().state == Pack.State.ISSUED
    for person in READERS:
        assert person.email in made

    newest = max(entry.history_date for entry in DataFlow.history.filter(programme=programme, history_type="+"))
    assert newest < now() - timedelta(days=100), "what went live long ago was recorded before"
    call_command("check_grants", stdout=StringIO())
    with pytest.raises(CommandError, match="people here already"):
        _make()
    assert "SCALE" not in _make(if_empty=True)

    said = _make(scale=1)
    assert "10 programmes and 1,000 risks added" in said
    assert Risk.objects.filter(programme__reference__startswith="SCALE-").count() == 1000
    assert Risk.history.filter(programme__reference__startswith="SCALE-").count() == 1000


@pytest.mark.parametrize("scale", [-1])
def test_a_scale_below_nothing_is_refused(db: None, settings, scale: int) -> None:
    settings.XGOV_DEMO = True
    with pytest.raises(CommandError, match="whole number"):
        _make(scale=scale)
