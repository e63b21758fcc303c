"""Each sign-in, sign-out and refused sign-in is an event."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from xgov.accounts.models import User
from xgov.records.events import event_kind, record_event

event_kind("password_link_sent", _("Link to set a password sent"))


@receiver(user_logged_in, dispatch_uid="xgov.signed_in")
def signed_in(user: User, **kwargs: Any) -> None:
    record_event("signed_in", user)


@receiver(user_logged_out, dispatch_uid="xgov.signed_out")
def signed_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record_event("signed_out", user)


@receiver(user_login_failed, dispatch_uid="xgov.sign_in_failed")
def sign_in_failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    record_event("sign_in_failed", None, words=str(credentials.get("username", ""))[:200])
