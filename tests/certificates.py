"""Certificates for a test's servers, signed by themselves or by one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Signed:
    """A certificate with its key."""

    name: x509.Name
    key: ec.EllipticCurvePrivateKey
    made: x509.Certificate

    def pem(self) -> bytes:
        return self.made.public_bytes(serialization.Encoding.PEM)

    def secret(self) -> bytes:
        plain = serialization.NoEncryption()
        return self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def certificate(title: str, by: Signed | None = None, host: str | None = None) -> Signed:
    """A certificate signed by another, or by itself; `host` (a name or an address) makes it a server's."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, title)]),
    )
    signer, now = by.key if by else key, datetime.now(UTC)
    builder = (
        x509.CertificateBuilder().subject_name(name).issuer_name(by.name if by else name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - DAY).not_valid_after(now + DAY)
        .add_extension(x509.BasicConstraints(ca=not (by and host), path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )  # fmt: skip
    if host:
        builder = builder.add_extension(x509.SubjectAlternativeName([_general(host)]), critical=False)
    return Signed(name, key, builder.sign(signer, hashes.SHA256()))


def own(folder: Path, host: str = "127.0.0.1") -> Path:
    """A host's certificate that nobody has signed but itself, with its key, in one file."""
    made, path = certificate(host, host=host), folder / "own.pem"
    path.write_bytes(made.pem() + made.secret())
    return path


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
