"""The [[channels]] of the configuration: who is told of what, how and when. They name secrets, but never hold one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from monitor.config.addresses import is_public, without_query
from monitor.config.values import (
    CouncilName,
    EachMailboxOnce,
    Email,
    EnvName,
    Host,
    KindPattern,
    Line,
    Name,
    NoRepeats,
    OneOrMore,
    QuietText,
    ReceiptText,
    Region,
    SafeUrl,
    SearchWords,
    Section,
    SlackChannel,
    UniqueNames,
    WhenText,
)
from monitor.model import Severity
from monitor.query import Query, parse
from monitor.times.spec import Hours, When, parse_quiet, parse_receipt, parse_when

PORTS = {"starttls": 587, "tls": 465, "none": 25}


PRESETS: dict[str, dict[str, Any]] = {
    "director": {"kinds": ["report.*", "govuk.*", "press.published"]},
    "councillor": {"kinds": ["report.*", "meeting.*", "govuk.*"], "when": "daily 08:00"},
    "reporter": {"kinds": ["report.*", "meeting.*", "news.published", "govuk.*"]},
    "everything": {"kinds": ["*"]},
}
"""What a reader of each kind wants, for the keys that the file leaves out."""


class Channel(Section):
    """The keys that every channel has. `councils`, `regions` and `neighbours_of` add up; a channel without any of them
    is told of all councils. `kinds` are patterns. With `words` only what says one of them is told. `preset` stands for
    the keys that are not there."""

    name: Name
    preset: Literal["director", "councillor", "reporter", "everything"] | None = None
    when: WhenText = "now"
    councils: Annotated[list[CouncilName], OneOrMore, Field(min_length=1), NoRepeats] | None = None
    regions: Annotated[list[Region], OneOrMore, Field(min_length=1), NoRepeats] | None = None
    neighbours_of: Annotated[list[CouncilName], OneOrMore, Field(min_length=1), NoRepeats] | None = None
    words: Annotated[list[SearchWords], OneOrMore, Field(min_length=1), NoRepeats] | None = None
    kinds: Annotated[list[KindPattern], OneOrMore, Field(min_length=1), NoRepeats] = Field(
        default_factory=lambda: ["*"]
    )
    only_changed_judgements: bool = False
    operator: bool = False
    min_severity: Severity = "info"
    quiet: QuietText | None = None
    quiet_weekends: bool = False
    quiet_lets_critical: bool = False

    @model_validator(mode="before")
    @classmethod
    def _by_preset(cls, raw: Any) -> Any:
        """The keys of the preset where the file has none; a kind of channel without such a key goes without."""
        preset = raw.get("preset") if isinstance(raw, dict) else None
        if not isinstance(preset, str) or preset not in PRESETS:
            return raw
        return {key: value for key, value in PRESETS[preset].items() if key in cls.model_fields} | raw

    @model_validator(mode="after")
    def _lets_through(self) -> Channel:
        if self.quiet_lets_critical and not (self.quiet or self.quiet_weekends):
            raise ValueError("quiet_lets_critical needs quiet or quiet_weekends")
        return self

    def quiet_hours(self) -> Hours | None:
        """`quiet` as a value."""
        return parse_quiet(self.quiet) if self.quiet else None

    def narrowed(self) -> bool:
        """Whether it is told of some councils only."""
        return any(key is not None for key in (self.councils, self.regions, self.neighbours_of))

    def queries(self) -> tuple[Query, ...]:
        """`words` as values."""
        return tuple(parse(words) for words in self.words or ())

    def recipients(self) -> tuple[str, ...]:
        """Who gets messages of their own: one without a name, but for e-mail."""
        return ("",)


class Read(Channel):
    """A channel that people read. After a week without news for it, it says so. By default daily and weekly channels do
    so, at their own hour on Mondays."""

    receipt: ReceiptText | None = None

    def receipt_plan(self) -> When | None:
        """When the channel tells of a week without news; None for never."""
        if self.receipt:
            return parse_receipt(self.receipt)
        when = parse_when(self.when)
        return None if when.every == "now" else When("weekly", when.weekday or "mon", when.hour, when.minute)


class Console(Read):
    """The standard output of the program."""

    kind: Literal["console"]


class Slack(Read):
    """Slack: a bot (`token_env` and `channel`), or an incoming webhook (`webhook_env`), whose address decides the
    channel.

    Later news of a story replies in its thread; the channel also sees a reply from `broadcast_severity` on. With
    `app_token_env` people can use commands in the channel (Socket Mode, docs/slack.md).
    """

    kind: Literal["slack"]
    token_env: EnvName | None = None
    app_token_env: EnvName | None = None
    webhook_env: EnvName | None = None
    channel: SlackChannel | None = None
    api_url: Annotated[SafeUrl, AfterValidator(without_query)] = "https://slack.com/api"
    broadcast_severity: Severity = "important"

    @model_validator(mode="after")
    def _one_way(self) -> Slack:
        if (self.token_env is None) == (self.webhook_env is None):
            raise ValueError("needs either token_env and channel, or webhook_env")
        if self.token_env and self.channel is None:
            raise ValueError("token_env needs channel beside it")
        if self.app_token_env and not self.token_env:
            raise ValueError("app_token_env needs token_env beside it: a webhook cannot be asked")
        if self.webhook_env and self.channel is not None:
            raise ValueError("a webhook posts to its own channel: leave channel out")
        return self


class Mail(Read):
    """E-mail by SMTP. The key `from` of the file is `sender` here. Without `port`, `security` decides the port. The
    server is greeted with the name `ehlo`, by default with the domain of `from`."""

    kind: Literal["email"]
    to: Annotated[list[Email], OneOrMore, Field(min_length=1), EachMailboxOnce]
    sender: Email = Field(alias="from")
    host: Host
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Line | None = None
    password_env: EnvName | None = None
    ehlo: Host | None = None

    @model_validator(mode="after")
    def _login(self) -> Mail:
        if (self.user is None) != (self.password_env is None):
            raise ValueError("user and password_env go together")
        if self.user and self.security == "none" and is_public(f"smtp://{self.host}"):
            raise ValueError('security "none" would send the password in clear')
        return self

    def recipients(self) -> tuple[str, ...]:
        """Each address."""
        return tuple(self.to)

    def smtp_port(self) -> int:
        """The port to connect to."""
        return self.port or PORTS[self.security]


class Webhook(Channel):
    """A POST request to an address for each message, signed with a secret (docs/webhook.md)."""

    kind: Literal["webhook"]
    url: SafeUrl
    secret_env: EnvName


class Feed(Channel):
    """Atom feeds in the data folder: all, by council, by region (docs/feeds.md)."""

    kind: Literal["feed"]


AnyChannel = Annotated[Console | Slack | Mail | Webhook | Feed, Field(discriminator="kind")]
Channels = Annotated[list[AnyChannel], UniqueNames]
