from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "tracker.operations"
    label = "operations"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them
