from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "gandan.journeys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gandan.journeys import claims

        claims.register()
