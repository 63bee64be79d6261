"""Every address of the house. Slugs are Vietnamese without marks, in all languages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("tai-khoan/", include("allauth.account.urls")),
    prefix_default_language=False,
)
