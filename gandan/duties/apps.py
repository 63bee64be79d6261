from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "gandan.duties"
    default_auto_field = "django.db.models.BigAutoField"
