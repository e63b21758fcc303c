from django.apps import AppConfig


class DataSharingConfig(AppConfig):
    name = "datasharing"
