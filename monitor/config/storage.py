"""The table of the configuration that says where the store is copied to while it is written."""

from __future__ import annotations

from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from monitor.config.values import Line, Section

SCHEMES = ("file", "s3", "sftp")


def _place(address: str) -> str:
    """Return the address of a replica as it is. Raises ValueError where it is none, or holds a secret."""
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES:
        raise ValueError("must be a file:///, s3:// or sftp:// address")
    if parts.scheme == "file" and (parts.netloc or len(parts.path.strip("/")) == 0):
        raise ValueError("must be file:/// and the absolute path of a folder")
    if parts.password:
        raise ValueError("must not hold a password: secrets come from the environment (docs/deploying.md)")
    return address.rstrip("/")


class Storage(Section):
    """Where the store is copied to while it is written. `replica`: a folder, bucket or server. `told_after_replica`:
    nothing is sent before it is in the replica. `hold_minutes`: a replica that is down holds messages no longer."""

    replica: Annotated[Line, AfterValidator(_place)] | None = None
    told_after_replica: bool = False
    hold_minutes: Annotated[int, Field(ge=1, le=10_080)] = 240

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if self.told_after_replica and self.replica is None:
            raise ValueError("told_after_replica needs replica beside it")
        return self
