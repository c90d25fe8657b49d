"""What an SMTP server's refusals and broken connections mean for a delivery (RFC 5321, 4.2.1)."""

from __future__ import annotations

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

from monitor.model import DeliveryError
from monitor.wording.text import one_line


def refusal(what: str, code: int, words: bytes) -> None:
    """Raise unless the server accepted."""
    if code not in (250, 251, 252):
        raise smtplib.SMTPResponseException(code, f"{what} refused: {_text(words)}")


class Failures:
    """Turns a failed conversation with `server` into a DeliveryError without the login in its text.

    `ambiguous` is set once the mail itself goes over: a connection lost after that may have been lost
    after the server took it.
    """

    def __init__(self, server: str, login: tuple[str, str] | None) -> None:
        self.server = server
        self.ambiguous = False
        self._secrets = _spellings(*login) if login else []

    @contextmanager
    def told(self) -> Iterator[None]:
        """Around the conversation: whatever it raises comes out as a DeliveryError, without a cause: a
        logged traceback would show the server's answer, which may repeat the password."""
        try:
            yield
        except smtplib.SMTPResponseException as error:
            raise self._refused(error) from None
        except smtplib.SMTPNotSupportedError as error:
            raise self._error(f"{self.server} cannot do what is asked: {error}", permanent=True) from None
        except ssl.SSLCertVerificationError as error:
            said = f"the certificate of {self.server} cannot be verified: {error.verify_message}"
            raise self._error(said) from None
        except smtplib.SMTPException as error:
            if type(error) is smtplib.SMTPException:  # "No suitable authentication method found.": no try will find one
                raise self._error(f"{self.server} cannot do what is asked: {error}", permanent=True) from None
            raise self._lost(error) from None
        except (OSError, ValueError) as error:
            raise self._lost(error) from None

    def _lost(self, error: Exception) -> DeliveryError:
        said = f"connection to {self.server} failed: {str(error) or type(error).__name__}"
        return self._error(said, maybe_sent=self.ambiguous)

    def _refused(self, error: smtplib.SMTPResponseException) -> DeliveryError:
        said = f"{self.server} answered {error.smtp_code}: {_text(error.smtp_error)}"
        refused = 400 <= error.smtp_code < 600  # after the mail anything else may be a yes that was garbled
        return self._error(said, permanent=500 <= error.smtp_code < 600, maybe_sent=self.ambiguous and not refused)

    def _error(self, said: str, *, permanent: bool = False, maybe_sent: bool = False) -> DeliveryError:
        for secret in self._secrets:
            said = said.replace(secret, "[secret]")
        return DeliveryError(one_line(said, 400), permanent=permanent, maybe_sent=maybe_sent)


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _spellings(user: str, password: str) -> list[str]:
    """A password as it may come back: plain, or in the base64 of AUTH LOGIN and AUTH PLAIN."""
    plain = f"\0{user}\0{password}"
    return [password, b64encode(password.encode()).decode(), b64encode(plain.encode()).decode()]
