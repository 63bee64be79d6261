"""Addresses of the demo; config includes them only where it is one."""

from django.urls import path

from gandan.site.demo import pages

app_name = "demo"
urlpatterns = [
    path("minh-hoa/dong-vai", pages.become, name="become"),
    path("minh-hoa/ngay", pages.move, name="move"),
    path("nam-phut", pages.five_minutes, name="five_minutes"),
]
