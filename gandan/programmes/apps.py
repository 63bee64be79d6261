from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "gandan.programmes"
    default_auto_field = "django.db.models.BigAutoField"
