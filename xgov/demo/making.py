"""Makes the demonstration, chapter by chapter."""

from collections.abc import Callable

from xgov.demo import scale
from xgov.demo.people import make_people
from xgov.demo.story import cast as story_cast
from xgov.demo.story import data_plan, risk_register, setting_up

Say = Callable[[str], object]


def make(say: Say) -> None:
    """Everything, in the order in which it happened."""
    people = make_people()
    cast = story_cast.gather(people)
    setting_up.set_up(cast)
    risk_register.keep_register(cast)
    data_plan.share_data(cast)
    setting_up.go_into_delivery(cast)
    setting_up.rate(cast)
    say("The joint programme “Fewer people sleeping rough” is there.")


def make_more(size: int, say: Say) -> None:
    """Many programmes and risks, fast."""
    programmes, risks = scale.make_more(size)
    say(f"{programmes:,} programmes and {risks:,} risks added.")
