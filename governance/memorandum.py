"""The clauses of a memorandum of understanding, as data: written by us, filled in with the programme's facts.

The order follows what published memoranda between departments hold (HMRC and FCDO 2023; HM Treasury, HMRC and the
Social Security Advisory Committee 2021; DWP and combined authorities 2018). The words are ours. Every period in them is
a local default, not government policy, and can be changed clause by clause while the memorandum is a draft.
"""
# ruff: noqa: E501 - clauses are written as paragraphs

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xgov.access.roles import type_of_text

# What the departments still have to agree on. A text that holds this marker cannot be opened for signature.
TO_SETTLE = "[To settle:"

# Periods: local defaults.
FIRST_REVIEW_MONTHS = 4  # after coming into force
PERIODS = {
    "dispute_days": 10,
    "foi_days": 3,
    "tell_days": 10,
    "machinery_weeks": 8,
    "first_review_months": FIRST_REVIEW_MONTHS,
    "notice_months": 3,
}


@dataclass(frozen=True)
class ClauseTemplate:
    key: str
    heading: type_of_text
    text: type_of_text  # a Django template over the facts of governance/memorandum_facts.py
    local_default: bool = False  # holds a period or rule of ours


MEMORANDUM = [
    ClauseTemplate(
        "parties",
        _("Parties"),
        _("""This memorandum is between:

{% for party in signing %}- {{ party.name }} ({{ party.part }})
{% endfor %}
Each of them signs it. Together they are called the departments below.{% if others %}

These bodies take part without signing:

{% for party in others %}- {{ party.name }} ({{ party.part }})
{% endfor %}{% endif %}"""),
    ),
    ClauseTemplate(
        "outcome",
        _("Shared outcome"),
        _("""Together we want one thing:

{{ outcome|default:"[To settle: the shared outcome, in one sentence]" }}

Success is measured once, for all of us, by the joint measures in the programme's record. A measure of one
department's own work does not stand in for them."""),
    ),
    ClauseTemplate(
        "model",
        _("Background and model of joint working"),
        _("""{% if model %}We are using the model “{{ model }}”. {{ model_fit }}{% else %}[To settle: the model of joint working]{% endif %}

{% if model_reason %}A lighter model is not enough, because: {{ model_reason }}{% elif model_is_lightest %}This is the lightest model there is.{% else %}[To settle: why a lighter model is not enough]{% endif %}"""),
    ),
    ClauseTemplate(
        "scope",
        _("What is in scope, and what is not"),
        _("""In scope: {{ summary|default:"[To settle: what the programme does]" }}

Not in scope: everything else that a department does today. It stays with that department, under its own ministers
and accounting officer."""),
    ),
    ClauseTemplate(
        "status",
        _("Standing of this memorandum"),
        _("""This is a statement of intent. It is not a contract and creates no legal obligation. It does not change
anyone's statutory duties or powers, nor anyone's accountability to Parliament.

Where a body that takes part has a legal personality of its own and something has to bind it, a contract or a grant
agreement says so separately."""),
    ),
    ClauseTemplate(
        "roles",
        _("Lead department, SRO and accounting officers"),
        _("""{{ lead|default:"[To settle: the lead department]" }} leads the programme.

{{ sro|default:"[To settle: the senior responsible owner]" }} is the senior responsible owner (SRO) and answers for the programme as a whole.

{{ accounting_officer|default:"[To settle: the lead accounting officer]" }} is the lead accounting officer. Every other accounting officer answers for the money of
their own department, and for nothing more."""),
    ),
    ClauseTemplate(
        "contributions",
        _("What each department will do"),
        _("""{% for party in signing %}- {{ party.name }}: {{ party.contribution|default:"[To settle: what this department will do]" }}
{% endfor %}{% for party in others %}{% if party.contribution %}- {{ party.name }}: {{ party.contribution }}
{% endif %}{% endfor %}"""),
    ),
    ClauseTemplate(
        "decisions",
        _("Decisions"),
        _("""{% if who_decides %}{{ who_decides }}{% else %}The SRO decides what lies within the limits of the appointment. What goes beyond them is decided by {{ deciding_board|default:"the joint board" }}.{% endif %}

Every decision is written down with its question, the options and what each would cost us, the reason, and the position
of each department, dissent included. A decision that has been made is not rewritten: a new one takes its place."""),
    ),
    ClauseTemplate(
        "rhythm",
        _("Boards and rhythm"),
        _("""{% if boards %}These boards hold the programme together:

{% for board in boards %}- {{ board }}
{% endfor %}
{% else %}One joint board holds the programme together. {% endif %}The board reads one pack, made from one shared record. We add no further board
unless this memorandum is changed."""),
    ),
    ClauseTemplate(
        "money",
        _("Money"),
        _("""{{ who_pays|default:"[To settle: who pays for what, when, and under which authority]" }}

A department that expects to spend more or less than it said tells the others within {{ tell_days }} working days, with the
reason. Nobody spends on another department's account. VAT and charges between departments are agreed in writing
before the work begins."""),
        local_default=True,
    ),
    ClauseTemplate(
        "people",
        _("People and resources"),
        _("""Each department keeps its people on its own terms and under its own managers, also when they work in the joint
team. Secondments are agreed one by one, in writing, with who pays."""),
    ),
    ClauseTemplate(
        "risk",
        _("Risk and escalation"),
        _("""There is one risk register. Every risk has one department that keeps it and one person who owns it. Each department
says how much risk it will accept, and a risk above that is raised to the SRO and the board without being asked for."""),
    ),
    ClauseTemplate(
        "data",
        _("Data and information"),
        _("""We share the least data that serves the outcome.{% if data_to_move %} What has to move: {{ data_to_move }}{% endif %}

No personal data moves before its legal power, its lawful basis
for each controller, its impact assessment, its retention and its quality checks are in the data-sharing plan. Where the law
asks for a separate agreement, this memorandum is not that agreement."""),
    ),
    ClauseTemplate(
        "security",
        _("Security and classification"),
        _("""We handle what we share up to OFFICIAL, with OFFICIAL-SENSITIVE where it is marked so. The department that made
something decides on its marking. Nothing above OFFICIAL is kept in the programme's record."""),
    ),
    ClauseTemplate(
        "openness",
        _("Freedom of information, Parliament and publicity"),
        _("""The department that receives a request answers it, and asks the others about their information within
{{ foi_days }} working days. We tell each other before we answer Parliament, speak to the press or publish about the programme."""),
        local_default=True,
    ),
    ClauseTemplate(
        "records",
        _("Records"),
        _("""The programme's record is kept by the lead department on behalf of all. It is kept as long as the lead's own rules
ask. The National Audit Office and the Government Internal Audit Agency may read it."""),
    ),
    ClauseTemplate(
        "reuse",
        _("Intellectual property and reuse"),
        _("""What we make together is Crown copyright unless the law says otherwise. We publish it under the Open Government
Licence where we can."""),
    ),
    ClauseTemplate(
        "evaluation",
        _("Evaluation and lessons"),
        _("""{{ success_review|default:"[To settle: how success is reviewed after launch]" }}

We write down what we learn, including what did not work, and share it beyond the programme."""),
    ),
    ClauseTemplate(
        "disputes",
        _("Disputes"),
        _("""The people who lead for each department try to settle it first, for {{ dispute_days }} working days. Then it goes to the SRO and
senior sponsors, then to directors general and finance directors, then to accounting officers, and last to the centre of
government. Work goes on meanwhile, unless that would be unsafe or unlawful."""),
        local_default=True,
    ),
    ClauseTemplate(
        "change",
        _("Changing this memorandum"),
        _("""A change is made in writing, as a new version that says what changed. It takes effect only when every department named
as a party has signed the new version. Until then the version in force stays as it is."""),
    ),
    ClauseTemplate(
        "machinery",
        _("Changes to departments"),
        _("""If responsibilities move between departments, the receiving department takes this memorandum over from the day of
the change, unless all agree otherwise. We review the memorandum within {{ machinery_weeks }} weeks of that day."""),
        local_default=True,
    ),
    ClauseTemplate(
        "review",
        _("Review, length and ending"),
        _("""We review this memorandum {% if first_review_on %}by {{ first_review_on }}{% else %}within {{ first_review_months }} months{% endif %} for the first time, and then once a year. It lasts
until {{ end_on|default:"the programme closes" }}. A department may leave with {{ notice_months }} months' notice in writing, and the others agree with it how its part
is wound down."""),
        local_default=True,
    ),
    ClauseTemplate(
        "signatures",
        _("Signatures"),
        _("""Each department signs by a person who has the right to sign for it on that day. A signature is bound to this exact
text by its SHA-256: changed by a single character, it is another text and has to be signed again."""),
    ),
]

# Which kinds of agreement can be drafted from clauses of ours.
TEMPLATES: dict[str, list[ClauseTemplate]] = {"MOU": MEMORANDUM}


def template_of(kind: str, key: str) -> ClauseTemplate | None:
    return next((clause for clause in TEMPLATES.get(kind, []) if clause.key == key), None)
