from governance.actions import agreements
from governance.memorandum import TO_SETTLE
from governance.models import Agreement, AgreementVersion
from programmes.models import Programme
from tests.factories.people import make_person
from tests.factories.programmes import make_appointment
from xgov.accounts.models import User
from xgov.records.fields import Marking


def make_agreement(programme: Programme, by: User, **fields) -> Agreement:
    """A draft memorandum with every open point settled."""
    agreement = agreements.draft_agreement(programme, by=by, **fields)
    for clause in agreement.current.clauses.all():
        if TO_SETTLE in clause.text:
            settle_clause(clause, by)
    return Agreement.objects.get(pk=agreement.pk)


def settle_clause(clause, by: User, text: str = "We have settled this.") -> None:
    agreements.change_clause(clause, by=by, heading=clause.heading, text=text)


def make_open_version(programme: Programme, by: User, **fields) -> AgreementVersion:
    """A memorandum that waits for its signatures. For each department somebody can sign it if it is sensitive."""
    if fields.get("marking") == Marking.OFFICIAL_SENSITIVE:
        for party in programme.parties.accepted().core():
            sponsor = make_person("", "", party.department)
            make_appointment(programme, sponsor, "senior_sponsor", department=party.department)
    return agreements.open_for_signature(make_agreement(programme, by, **fields).current, by=by)
