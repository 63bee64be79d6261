"""The first page and the help page; names without a room, since frames use them."""

from django.urls import path

from gandan.site import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("so-lieu/hom-nay", pages.today, name="today"),
    path("bat-dau", pages.first_page, name="first_page"),
    path("tro-giup", pages.help_page, name="help"),
]
