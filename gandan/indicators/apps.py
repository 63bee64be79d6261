from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "gandan.indicators"
    default_auto_field = "django.db.models.BigAutoField"
