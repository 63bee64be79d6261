from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "gandan.people"
    default_auto_field = "django.db.models.BigAutoField"
