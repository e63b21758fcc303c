"""What a risk's own page says of all that hangs on it, in a few plain facts; the rest has pages of its own."""

from dataclasses import dataclass

from risks.bearing import Bearing, bearing_of
from risks.linked import Tie, ties_of
from risks.models import Acceptance, Control, Mitigation, Risk
from risks.trail import Step, score_trail
from xgov.accounts.models import User

NEWEST_STEPS = 2


@dataclass(frozen=True)
class Summary:
    controls: list[Control]  # those in place
    mitigations: list[Mitigation]  # those still planned, the most urgent first
    bearing: Bearing
    ties: list[Tie]
    acceptances: list[Acceptance]  # newest first
    trail: list[Step]

    @property
    def acceptance(self) -> Acceptance | None:
        """The one that holds today."""
        return next((each for each in self.acceptances if each.is_in_force), None)

    @property
    def past_acceptance(self) -> Acceptance | None:
        return next((each for each in self.acceptances if not each.is_in_force), None)

    @property
    def weak_controls(self) -> int:
        return sum(control.effectiveness == "WEAK" for control in self.controls)

    @property
    def unchecked_controls(self) -> int:
        return sum(control.checked_on is None or control.check_has_aged for control in self.controls)

    @property
    def late_mitigations(self) -> int:
        return sum(mitigation.is_late for mitigation in self.mitigations)

    @property
    def newest_steps(self) -> list[Step]:
        return self.trail[:NEWEST_STEPS]

    @property
    def waits_to_be_shared(self) -> list[Tie]:
        """Parts for which the person could agree, and has not."""
        return [tie for tie in self.ties if tie.may_share and not tie.link.is_shared_upwards]


def summary_of(risk: Risk, person: User) -> Summary:
    controls = risk.controls.visible_to(person).in_place().by_line()
    mitigations = risk.mitigations.visible_to(person).planned().select_related("owner").order_by("due", "id")
    acceptances = risk.acceptances.visible_to(person).select_related("accepted_by")
    return Summary(
        list(controls),
        list(mitigations),
        bearing_of(risk, person),
        ties_of(risk, person),
        list(acceptances),
        score_trail(risk),
    )
