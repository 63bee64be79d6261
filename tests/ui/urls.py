"""The house's addresses, with the style sheet that only a demo or DEBUG opens."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config.urls import urlpatterns as house

urlpatterns = [
    *house,
    *i18n_patterns(
        path("_ui/", include("gandan.ui.urls")), prefix_default_language=False
    ),
]
