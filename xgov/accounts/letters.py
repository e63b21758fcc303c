"""The two letters about passwords: to somebody who forgot theirs, and to somebody who was added."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from xgov.accounts.models import User
from xgov.records.clock import now
from xgov.records.events import record_event
from xgov.records.models import Event

log = logging.getLogger(__name__)

ONE_LINK_EACH = timedelta(minutes=2)


def send_forgotten_link(email: str, site: str) -> None:
    """Send a link to set a new password, if somebody with this address may sign in; nobody is told whether."""
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is not None and not _sent_lately(person):
        _send(person, site, _("Set a new password for xgov"), "email/password_link.txt", person)


def send_invitation(person: User, site: str, by: User) -> bool:
    """Send somebody who was added the link to set their first password; False when the mail did not go out."""
    return _send(person, site, _("You have an account for xgov"), "email/invitation.txt", by)


def _sent_lately(person: User) -> bool:
    sent = Event.objects.filter(kind="password_link_sent", at__gt=now() - ONE_LINK_EACH)
    return sent.filter(subject_id=person.pk, subject_model=User._meta.label).exists()


def password_path(person: User) -> str:
    """Where the person sets a password. It works once, and for as long as PASSWORD_RESET_TIMEOUT says."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("accounts:password-set", args=[key, default_token_generator.make_token(person)])


def _send(person: User, site: str, subject: str, template: str, by: User) -> bool:
    context = {
        "person": person,
        "by": by,
        "link": f"{site}{password_path(person)}",
        "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
    }
    try:
        send_mail(subject, render_to_string(template, context), None, [person.email])
    except (OSError, SMTPException):
        log.exception("The link to set a password was not sent to person %s", person.pk)
        return False
    record_event("password_link_sent", by, door=person.home_department, subject=person)
    return True
