"""The shape of kiosk.toml. Only a file that has changed is checked, and only then is this imported.

A docstring says what a key means to the clinic; `deploy/kiosk.toml` says the same, beside examples.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kiosk.library.characters import refusal
from kiosk.library.source.schema import Id, Language, StrictModel, Text

ByLanguage = dict[Language, Text] | Text
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9+ ()-]{0,20}$")]
HashedPin = Annotated[str, StringConstraints(pattern=r"^(scrypt\$.*)?$")]


class ClinicModel(StrictModel):
    """Whose kiosk this is."""

    name: ByLanguage = ""


class StaffModel(StrictModel):
    """The people there."""

    words: ByLanguage = ""
    emergency: Phone = ""
    pin: HashedPin = ""


class TimesModel(StrictModel):
    """In seconds."""

    idle: Annotated[float, Field(ge=60, le=3600)] = 180.0
    warning: Annotated[float, Field(ge=20, le=600)] = 60.0
    dwell: Annotated[float, Field(ge=1, le=30)] = 2.0


class ShowModel(StrictModel):
    """What is offered."""

    languages: list[Language] = Field(default_factory=list)
    readers: list[Id] = Field(default_factory=list)
    themes: list[Id] = Field(default_factory=list)
    topics: list[Id] = Field(default_factory=list)
    unapproved: bool = True


class ScreenModel(StrictModel):
    """The terminal."""

    unattended: bool = False
    ascii: bool = False


class ServeModel(StrictModel):
    """Many visits on one machine; times in seconds, memory in MiB."""

    visits: Annotated[int, Field(ge=1, le=5000)] = 200
    waiting: Annotated[int, Field(ge=1, le=32)] = 3
    idle: Annotated[float, Field(ge=60, le=86400)] = 600.0
    longest: Annotated[float, Field(ge=300, le=86400)] = 7200.0
    drain: Annotated[float, Field(ge=0, le=86400)] = 600.0
    memory: Annotated[int, Field(ge=48, le=4096)] = 96
    cpu: Annotated[int, Field(ge=30, le=86400)] = 300
    addresses: bool = False


class SshModel(StrictModel):
    """`kiosk serve ssh`; times in seconds."""

    address: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:%_-]{0,255}$")] = ""
    port: Annotated[int, Field(ge=0, le=65535)] = 2222
    shared: bool = True
    entry: Literal["anonymous", "password", "keys"] = "anonymous"
    password: HashedPin = ""
    keys: str = ""
    commands: Literal["refuse", "visit"] = "refuse"
    connections: Annotated[int, Field(ge=0, le=20_000)] = 500
    connections_from_one: Annotated[int, Field(ge=0, le=20_000)] = 30
    a_minute: Annotated[int, Field(ge=0, le=100_000)] = 1200
    a_minute_from_one: Annotated[int, Field(ge=0, le=100_000)] = 60
    arriving: Annotated[int, Field(ge=5, le=20_000)] = 100
    grace: Annotated[float, Field(ge=5, le=600)] = 20.0
    unread: Annotated[float, Field(ge=5, le=600)] = 60.0
    longest: Annotated[float, Field(ge=0, le=86400)] = 14_400.0
    keepalive: Annotated[float, Field(ge=5, le=600)] = 20.0

    @model_validator(mode="after")
    def _enterable(self) -> Self:
        lacking = {"password": self.password, "keys": self.keys}.get(self.entry, "-")
        if not lacking:
            raise PydanticCustomError(
                "entry", "entry is {entry}, and ssh.{entry} is empty", {"entry": self.entry}
            )
        return self


class SettingsFile(StrictModel):
    """kiosk.toml"""

    clinic: ClinicModel = ClinicModel()
    staff: StaffModel = StaffModel()
    times: TimesModel = TimesModel()
    show: ShowModel = ShowModel()
    screen: ScreenModel = ScreenModel()
    serve: ServeModel = ServeModel()
    ssh: SshModel = SshModel()

    @model_validator(mode="after")
    def _drawable(self) -> Self:
        for key, told in (("clinic.name", self.clinic.name), ("staff.words", self.staff.words)):
            for text in [told] if isinstance(told, str) else told.values():
                if why := refusal(text):
                    raise PydanticCustomError("text", f"{key}: {why}")
        return self
