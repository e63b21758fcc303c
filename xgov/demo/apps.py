from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "xgov.demo"
    label = "demo"
