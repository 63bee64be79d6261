"""Addresses of programmes."""

from django.urls import path

from gandan.programmes.web import pages

app_name = "programmes"
urlpatterns = [path("chuong-trinh/08-da-tu", pages.article, name="article")]
