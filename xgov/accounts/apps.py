from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "xgov.accounts"
    label = "accounts"

    def ready(self) -> None:
        from xgov.accounts import sign_in_events  # noqa: F401
