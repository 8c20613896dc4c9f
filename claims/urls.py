from django.urls import path

from claims import feeds
from claims.views import cards, changes, citing, claims, compare, home, method, pins, privacy, records

urlpatterns = [
    path("", home.home, name="home"),
    path("claims/", claims.index, name="claims"),
    path("claims/<slug:slug>/", claims.detail, name="claim"),
    path("claims/<slug:slug>/dossier.json", claims.dossier, name="claim-dossier"),
    path("claims/<slug:slug>/@<int:number>/", pins.page, name="pin"),
    path("claims/<slug:slug>/card.png", cards.current_card, name="current-card"),
    path("claims/<slug:slug>/@<int:number>/card.png", cards.card, name="card"),
    path("claims/<slug:slug>/@<int:number>/cite.<slug:form>", citing.citation, name="cite"),
    path("statements/<slug:slug>/", records.statement, name="statement"),
    path("evidence/<slug:slug>/", records.evidence, name="evidence"),
    path("speakers/", records.speakers, name="speakers"),
    path("speakers/<slug:slug>/", records.speaker, name="speaker"),
    path("topics/", records.topics, name="topics"),
    path("topics/<slug:slug>/", records.topic, name="topic"),
    path("places/", records.places, name="places"),
    path("places/<slug:slug>/", records.place, name="place"),
    path("sources/", records.sources, name="sources"),
    path("sources/<slug:slug>/", records.source, name="source"),
    path("compare/", compare.compare, name="compare"),
    path("corrections/", records.corrections, name="corrections"),
    path("corrections/feed/", feeds.Corrections(), name="corrections-feed"),
    path("changes/", changes.changes, name="changes"),
    path("changes.json", changes.changes_data, name="changes-data"),
    path("changes/feed/", feeds.Changes(), name="changes-feed"),
    path("changes/<int:number>/", changes.change, name="change"),
    path("changes/<int:number>.json", changes.change_data, name="change-data"),
    path("method/", method.method, name="method"),
    path("privacy/", privacy.privacy, name="privacy"),
]
