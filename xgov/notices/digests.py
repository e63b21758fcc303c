"""One mail a day, with all that is new and all that is due; none when nothing is, or when it is not wanted."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPException

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from xgov.access.doors import is_sensitive
from xgov.notices.models import Digest, DigestChoice, Notice
from xgov.notices.reminding import Reminder, reminders_on
from xgov.notices.sight import About, about, seen_by
from xgov.pages import values
from xgov.records.clock import now, today

log = logging.getLogger(__name__)

# Looked back over for reminders whose day has passed, in case no mail went out on the day itself.
DAYS_BACK = 14
WAIT_BEFORE_ANOTHER_TRY = timedelta(minutes=5)


@dataclass(frozen=True)
class Line:
    """One line of the mail. Mail leaves the building, so it never says what a sensitive record says."""

    words: str
    where: str
    link: str
    days_late: int = 0


def send_digests() -> int:
    """Send today's mail to everybody who has news and has had none today. Gives how many went out."""
    day = today()
    due: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in reminders_on(day):
        due[reminder.person_id].append(reminder)
    told = set(Notice.objects.unmailed().values_list("person_id", flat=True))
    had = Digest.objects.filter(day=day, sent_at__isnull=False).values("person")
    unwanted = DigestChoice.objects.filter(wanted=False).values("person")
    people = get_user_model().objects.filter(pk__in={*due, *told}, is_active=True)
    return sum(_send_to(person, due[person.pk], day) for person in people.exclude(pk__in=had).exclude(pk__in=unwanted))


def _send_to(person: Model, due: list[Reminder], day: date) -> bool:
    seen = seen_by(person, Notice.objects.to_person(person).unmailed(), _about_of_notice)
    records = {key: _record(*key) for key in {_about_of_notice(notice) for notice in seen}}
    notices = [notice for notice in seen if records[_about_of_notice(notice)].still_tells(notice.kind)]
    _set_aside(notice for notice in seen if notice not in notices)
    reminders = seen_by(person, due, lambda reminder: about(reminder.about))
    if not notices and not _has_news(person, reminders, day):
        return False
    new, to_do = _lines_of_notices(notices, records), _lines_of_reminders(reminders, day)
    digest = _claim(person, day, len(new) + len(to_do))
    if digest is None:
        return False
    try:
        send_mail(_subject(new, to_do), _text(person, new, to_do), None, [person.email])
    except (OSError, SMTPException):
        log.exception("The daily mail was not sent to person %s", person.pk)
        return False  # the claim stands unsent: the next run of the day tries again
    with transaction.atomic():
        Digest.objects.filter(pk=digest.pk).update(sent_at=now())
        _set_aside(notices)
    return True


def _set_aside(notices: Iterable[Notice]) -> None:
    """They have gone out, or are no longer true: no later mail holds them."""
    if keys := [notice.pk for notice in notices]:
        Notice.objects.filter(pk__in=keys).update(mailed_at=now())


def _has_news(person: Model, reminders: list[Reminder], day: date) -> bool:
    latest = Digest.objects.filter(person=person, sent_at__isnull=False, day__lt=day).order_by("-day").first()
    since = max(latest.day, day - timedelta(days=DAYS_BACK)) if latest else day - timedelta(days=1)
    return any(reminder.is_news(since, day) for reminder in reminders)


def _claim(person: Model, day: date, lines: int) -> Digest | None:
    """The row of today's mail; None when it has gone out already, or another worker has just made the row."""
    try:
        with transaction.atomic():
            return Digest.objects.create(person=person, day=day, lines=lines)
    except IntegrityError:
        waited = Digest.objects.filter(
            person=person, day=day, sent_at=None, made_at__lt=now() - WAIT_BEFORE_ANOTHER_TRY
        )
        taken_up = waited.update(made_at=now(), lines=lines)
        return Digest.objects.get(person=person, day=day) if taken_up else None


def _about_of_notice(notice: Notice) -> About:
    return notice.about_model, notice.about_id


def _record(label: str, pk: int) -> Model:
    return apps.get_model(label)._base_manager.get(pk=pk)


def _lines_of_notices(notices: list[Notice], records: Mapping[About, Model]) -> list[Line]:
    return [
        Line(_("Something happened to a sensitive record."), notice.where, _link(_notices_page()))
        if is_sensitive(records[_about_of_notice(notice)])
        else Line(notice.words, notice.where, _link(notice.url))
        for notice in notices
    ]


def _lines_of_reminders(reminders: list[Reminder], day: date) -> list[Line]:
    lines = []
    for reminder in sorted(reminders, key=lambda reminder: (reminder.due, reminder.words)):
        if is_sensitive(reminder.about):
            words = _("Look at a sensitive record, due %(day)s") % {"day": values.day(reminder.due)}
        else:
            words = _("%(words)s, due %(day)s") % {"words": reminder.words, "day": values.day(reminder.due)}
        lines.append(Line(words, reminder.where, _link(reminder.url), max(reminder.days_late(day), 0)))
    return lines


def _notices_page() -> str:
    return reverse("notices:list")


def _link(path: str) -> str:
    return f"{settings.XGOV_ADDRESS}{path}"


def _subject(new: list[Line], to_do: list[Line]) -> str:
    late = sum(line.days_late > 0 for line in to_do)
    said = {"new": len(new), "due": len(to_do), "late": late}
    if late:
        return _("xgov today: %(new)d new, %(due)d due, of these %(late)d late") % said
    return _("xgov today: %(new)d new, %(due)d due") % said


def _text(person: Model, new: list[Line], to_do: list[Line]) -> str:
    context = {"person": person, "new": new, "to_do": to_do, "choice": _link(reverse("notices:email"))}
    return render_to_string("email/digest.txt", context)
