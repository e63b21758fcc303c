"""What hangs on the programme's risks: controls, what they bear on, links, acceptances, an owner who left."""

from risks.actions.acceptances import accept_risk, end_expired
from risks.actions.affected import say_what_is_affected
from risks.actions.controls import add_control, check_control
from risks.actions.links import link_risks, share_upwards
from risks.actions.risks import add_risk, change_risk
from risks.actions.scores import rescore_risk
from risks.models import Risk
from xgov.accounts.actions.people import stop_person
from xgov.demo import people as p
from xgov.demo.calendar import day, on
from xgov.demo.story.cast import StoryCast

# Title as it begins, text, type, line, owner, department, then how well it works, who looked, days ago.
CONTROLS = [
    ("Move-on beds", "The finance group looks at the share of each department every month.", "DETECTIVE", "SECOND",
     "manager@mhclg", p.MHCLG, ("PARTLY", "Finance group", 40)),
    ("Move-on beds", "No bed is opened without six months’ money in the bank.", "PREVENTIVE", "FIRST",
     "manager@homeoffice", p.HOME_OFFICE, ("EFFECTIVE", "Noor Nightingale", 60)),
    ("Release dates", "Each prison sends its confirmed dates by nine in the morning.", "PREVENTIVE", "FIRST",
     "manager@moj", p.MOJ, ("WEAK", "Internal audit, follow-up review", 33)),
    ("Release dates", "Local teams telephone the three prisons that are not in the file.", "CORRECTIVE", "FIRST",
     "manager@moj", p.MOJ, None),
    ("Release dates", "Internal audit tests a sample of a hundred releases.", "DETECTIVE", "THIRD",
     "manager@moj", p.MOJ, ("PARTLY", "Government Internal Audit Agency", 33)),
    ("Street counts", "The twelve cities count by one written method.", "DIRECTIVE", "SECOND",
     "manager@mhclg", p.MHCLG, ("PARTLY", "Statistics team", 75)),
    ("Street counts", "The National Audit Office reads the measure in its review.", "DETECTIVE", "EXTERNAL",
     "manager@mhclg", p.MHCLG, None),
    ("Winter shelters", "The fire service inspects each building before it opens.", "PREVENTIVE", "EXTERNAL",
     "manager@mhclg", p.MHCLG, ("EFFECTIVE", "Fire and rescue services", 54)),
    ("Winter shelters", "A second building is held ready in every city.", "CORRECTIVE", "FIRST",
     "manager@mhclg", p.MHCLG, ("PARTLY", "Programme office", 54)),
    ("Benefit checks", "A named adviser takes each claim that has waited a day.", "CORRECTIVE", "FIRST",
     "contributor@dwp", p.DWP, ("EFFECTIVE", "Conrad Contribute", 20)),
]  # fmt: skip


def treat(cast: StoryCast) -> None:
    risks = {risk.title: risk for risk in Risk.objects.filter(programme=cast.programme)}
    _put_in_place(cast, risks)
    _say_what_they_bear_on(cast, risks)
    _let_scores_move(cast, risks)
    _carry(cast, risks)
    _tie_together(cast, risks)
    _let_an_owner_leave(cast, risks)


def _called(risks: dict[str, Risk], beginning: str) -> Risk:
    return next(risk for title, risk in risks.items() if title.startswith(beginning))


def _put_in_place(cast: StoryCast, risks: dict[str, Risk]) -> None:
    for beginning, text, kind, line, owner, department, check in CONTROLS:
        with on(200):
            control = add_control(
                _called(risks, beginning), by=cast.manager, text=text, type=kind, line=line, owner=cast[owner],
                department=cast.departments[department],
            )  # fmt: skip
        if check:
            effectiveness, who, days_ago = check
            with on(days_ago):
                check_control(control, by=cast.manager, effectiveness=effectiveness, checked_by=who)


def _say_what_they_bear_on(cast: StoryCast, risks: dict[str, Risk]) -> None:
    said = [
        ("Move-on beds", [p.MHCLG, p.DWP], ["Everybody moves on within 56 days"], ["Move-on fund, second round"]),
        ("Release dates", [p.MHCLG, p.HOME_OFFICE], ["Nobody leaves prison for the street"], ["Daily release file"]),
        ("Winter shelters", [p.DHSC], ["A safe place on every cold night"], []),
    ]
    with on(110):
        for beginning, departments, objectives, projects in said:
            say_what_is_affected(
                _called(risks, beginning), by=cast.manager, departments=[cast.departments[d] for d in departments],
                objectives=objectives, projects=projects,
            )  # fmt: skip


def _let_scores_move(cast: StoryCast, risks: dict[str, Risk]) -> None:
    """A trail with something to see: the street counts, as the cities came round one by one."""
    counts = _called(risks, "Street counts")
    for days_ago, residual, why in (
        (230, (4, 4), "Only four of the twelve cities agreed to count in the same month."),
        (150, (3, 4), "Nine cities agreed on the method."),
        (70, (2, 4), "All twelve counted in September by the same rules."),
    ):
        with on(days_ago):
            rescore_risk(counts, by=cast.manager, residual=residual, reason=why, review_due=day(-25))


def _carry(cast: StoryCast, risks: dict[str, Risk]) -> None:
    releases, workers = _called(risks, "Release dates"), _called(risks, "Too few outreach")
    with on(95):
        accept_risk(
            workers, by=cast["ao@mhclg"], expires_on=day(30), why="Pay is settled each spring; nothing helps before.",
        )  # fmt: skip
    with on(29, hour=3):
        end_expired()
    with on(28):
        accept_risk(
            releases, by=cast.sro, expires_on=day(-11),
            why="The daily file will be mended when the three prisons change their system in the new year.",
            conditions="Local teams go on telephoning the three prisons each morning.",
        )  # fmt: skip


def _tie_together(cast: StoryCast, risks: dict[str, Risk]) -> None:
    beds, shelters = _called(risks, "Move-on beds"), _called(risks, "Winter shelters")
    checks, releases = _called(risks, "Benefit checks"), _called(risks, "Release dates")
    with on(88):
        above = add_risk(
            cast.programme, by=cast.manager, title="There are too few places on the coldest nights",
            cause="Places depend on several departments and on buildings that are taken on for one season.",
            event="More people may need a place on one night than there are places.",
            consequence="People sleep outside when it is most dangerous.", category="STRATEGY",
            kept_by=cast.departments[p.MHCLG], owner=cast["director@mhclg"], response="TREAT", inherent=(4, 5),
            residual=(2, 5), target=(1, 5), review_due=day(-25), proximity="3M", velocity="AT_ONCE",
        )  # fmt: skip
        link_risks(shelters, above, by=cast.manager, kind="CHILD_OF", reason="A closed shelter is sixty places.")
        shared = link_risks(beds, above, by=cast.manager, kind="CHILD_OF", reason="Shelters fill when nobody moves on.")
        link_risks(releases, checks, by=cast.manager, kind="CAUSES", reason="A late date leaves no time for a claim.")
    with on(80):
        share_upwards(shared, by=cast["manager@homeoffice"], reason="The Home Office agrees that it counts there.")


def _let_an_owner_leave(cast: StoryCast, risks: dict[str, Risk]) -> None:
    leaver = cast["policy@dhsc"]
    with on(100):
        change_risk(
            _called(risks, "Too few outreach"), by=cast.manager, owner=leaver, reason="Leo takes this over from Hetty."
        )
    with on(9):
        stop_person(leaver, by=cast["platform@xgov"], reason="Moved to another department.")
