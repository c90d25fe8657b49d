"""The program's version, in one place and cheap to import."""

VERSION = "0.1.0"
