"""How two versions of the terms differ, in words: for those who are asked to agree, and for whoever reads it later."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from risks import categories
from risks.escalation_levels import LEVELS, TRIGGERS
from risks.escalation_rules import EscalationRule
from risks.register_terms import Terms
from risks.scoring import BandRange, Level, Scale


@dataclass(frozen=True)
class Difference:
    """`was` or `now` is empty for what is new, or gone."""

    label: str
    was: str
    now: str


def differences(was: Terms, now: Terms) -> list[Difference]:
    return [
        *_of_scales(was.scale, now.scale),
        *_of_categories(was, now),
        *_of_rules(was.escalation_rules, now.escalation_rules),
    ]


def _of_scales(was: Scale, now: Scale) -> Iterator[Difference]:
    if was.key != now.key:  # what is called 4 on the one is not what is called 4 on the other
        yield Difference(_("Scale"), str(was.label), str(now.label))
        return
    yield from _of_levels(_("Likelihood %(level)d"), was.likelihoods, now.likelihoods)
    yield from _of_levels(_("Impact %(level)d"), was.impacts, now.impacts)
    for likelihood, (before, after) in enumerate(zip(was.matrix, now.matrix, strict=True), start=1):
        for impact, (old, new) in enumerate(zip(before, after, strict=True), start=1):
            if old != new:
                words = _("Score at likelihood %(likelihood)d and impact %(impact)d")
                yield Difference(words % {"likelihood": likelihood, "impact": impact}, str(old), str(new))
    yield from _of_bands(was.bands, now.bands)


def _of_levels(words: str, was: tuple[Level, ...], now: tuple[Level, ...]) -> Iterator[Difference]:
    for before, after in zip(was, now, strict=True):
        old, new = level_words(before), level_words(after)
        if old != new:
            yield Difference(words % {"level": after.value}, old, new)


def level_words(level: Level) -> str:
    return f"{level.label}: {level.meaning}" if level.meaning else str(level.label)


def _of_bands(was: tuple[BandRange, ...], now: tuple[BandRange, ...]) -> Iterator[Difference]:
    for before, after in zip(was, now, strict=True):
        label = str(after.band.label).lower()
        if (before.lowest, before.highest) != (after.lowest, after.highest):
            yield Difference(_("Scores that are %(band)s") % {"band": label}, _span(before), _span(after))
        if before.review_days != after.review_days:
            words = _("Review of risks that are %(band)s") % {"band": label}
            yield Difference(words, _days(before.review_days), _days(after.review_days))


def _span(scores: BandRange) -> str:
    return _("%(lowest)d to %(highest)d") % {"lowest": scores.lowest, "highest": scores.highest}


def _days(number: int) -> str:
    return ngettext("every day", "every %(n)d days", number) % {"n": number}


def _of_categories(was: Terms, now: Terms) -> Iterator[Difference]:
    used, not_used = _("used"), _("not used")
    for category in categories.CATEGORIES:
        before, after = category.code in was.categories, category.code in now.categories
        if before != after:
            words = _("Category %(category)s") % {"category": category.label}
            yield Difference(words, used if before else not_used, used if after else not_used)
    old = {local.label: local.category for local in was.local_categories}
    new = {local.label: local.category for local in now.local_categories}
    for label in dict.fromkeys([*old, *new]):
        if old.get(label) != new.get(label):
            words = _("Local category “%(label)s”") % {"label": label}
            yield Difference(words, _under(old.get(label)), _under(new.get(label)))


def _under(code: str | None) -> str:
    return _("under %(category)s") % {"category": categories.BY_CODE[code].label} if code else ""


def _of_rules(was: tuple[EscalationRule, ...], now: tuple[EscalationRule, ...]) -> Iterator[Difference]:
    old = {(rule.level, rule.trigger): rule_words(rule) for rule in was}
    new = {(rule.level, rule.trigger): rule_words(rule) for rule in now}
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            level, trigger = key
            said = {"trigger": TRIGGERS[trigger].label, "level": LEVELS[level].label}
            words = _("Escalation. %(level)s: %(trigger)s") % said
            yield Difference(words, old.get(key, ""), new.get(key, ""))


def rule_words(rule: EscalationRule) -> str:
    """Threshold, ask and time of one rule, in a sentence."""
    words = ngettext(
        "from %(threshold)d (%(unit)s); answer in %(days)d working day; asked: %(ask)s",
        "from %(threshold)d (%(unit)s); answer in %(days)d working days; asked: %(ask)s",
        rule.response_days,
    )
    unit = TRIGGERS[rule.trigger].unit
    return words % {"threshold": rule.threshold, "unit": unit, "days": rule.response_days, "ask": rule.ask}
