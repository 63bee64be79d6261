from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "gandan.forms"
    default_auto_field = "django.db.models.BigAutoField"
