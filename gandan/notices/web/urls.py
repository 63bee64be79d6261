"""Addresses of the room; `config.urls` includes them at the root."""

from django.urls import path

from gandan.notices.web import pages

app_name = "notices"

urlpatterns = [
    path("quay/goi-dien", pages.calls, name="calls"),
    path("quay/phieu-bao", pages.cards, name="cards"),
    path("quay/goi-dien/<uuid:public_id>", pages.outcome, name="outcome"),
    path("hop-thu-di", pages.outbox, name="outbox"),
    path("hop-thu-di/<uuid:public_id>", pages.message, name="message"),
]
