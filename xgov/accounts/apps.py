from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "xgov.accounts"
    label = "accounts"

    def ready(self) -> None:
        from xgov.accounts import sign_in_events  # noqa: F401

        autodiscover_modules("department_parts", "leavers", "sign_in_notices")
