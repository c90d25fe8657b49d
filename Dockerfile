# The unattended deployment: one container, one volume, no root, nothing written outside /data and /tmp.
FROM python:3.13-slim AS build
# Debugging symbols are a quarter of the compiled libraries.
RUN apt-get update && apt-get install --yes --no-install-recommends binutils
WORKDIR /src
COPY requirements-image.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --no-compile --require-hashes -r requirements-image.lock
# What never runs is left behind: libraries' own tests and headers, Twisted's mail and chat servers, AVIF pictures, the
# names of days and the commonest words of all languages but English, and time zones, which the base has.
RUN cd /venv/lib/python3*/site-packages \
 && find . -type d \( -name test -o -name tests \) -prune -exec rm -r {} + \
 && find babel/locale-data -name '*.dat' ! -name 'en*.dat' ! -name root.dat -delete \
 && find justext/stoplists -name '*.txt' ! -name English.txt -delete \
 && rm -r lxml/includes lxml/isoschematron lxml/objectify* twisted/mail twisted/words tzdata/zoneinfo pytz/zoneinfo PIL/_avif* pillow.libs/libavif* \
 && find . -name '*.so' ! -path './*.libs/*' -exec strip --strip-unneeded {} +
COPY pyproject.toml README.md LICENSE ./
COPY monitor monitor
COPY notifiers notifiers
COPY spiders spiders
RUN /venv/bin/pip install --no-cache-dir --no-compile --no-deps --no-build-isolation . \
 && /venv/bin/pip uninstall --yes --quiet setuptools pip && find /venv -name __pycache__ -prune -exec rm -r {} +
# Bytecode is made here, for a crawl that has to compile Scrapy first costs twice the time: of what runs and of nothing
# else, Python's own library with it (the base image has none of it). The demo proves that what was left behind is not missed.
COPY deploy/bytecode.py deploy/
ENV PYTHONPYCACHEPREFIX=/pyc PYTZ_TZDATADIR=/usr/share/zoneinfo
RUN mkdir /pyc && cd /venv/lib/python3*/site-packages && /venv/bin/python /src/deploy/bytecode.py monitor notifiers spiders \
 && /venv/bin/ofsted-watch demo
# A wheel of a safe SQLite exists for x86-64. Elsewhere the program uses no write-ahead log.
RUN /venv/bin/python -c 'from platform import machine; from monitor.store.sqlite import LIBRARY; \
      assert LIBRARY.log_is_safe or machine() != "x86_64", LIBRARY.words'

FROM python:3.13-slim AS runtime
COPY --from=build /venv /venv
COPY --from=build /pyc /pyc
# Of the base goes what a sealed container has no use for: package managers, translations, the C library's character sets
# (Python has its own), programs that change who one is (setuid), Python's own installer and bytecode. The list of Debian's
# packages stays, for scanners. A new volume takes its owner from the folder in the image.
RUN install -d -o 10001 -g 10001 /data \
 && find / -xdev -type f -perm /6000 -delete && find / -xdev -name __pycache__ -prune -exec rm -r {} + \
 && rm -rf /usr/local/lib/python3*/site-packages/* /usr/lib/python3/dist-packages/* /usr/share/python-wheels \
    /usr/lib/python3*/ensurepip /usr/local/lib/python3*/ensurepip /usr/local/lib/python3*/idlelib \
    /usr/share/locale /usr/share/info /usr/share/doc /usr/share/man /var/cache/* /var/lib/apt /usr/lib/apt \
    /usr/bin/apt* /usr/bin/dpkg* /usr/bin/perl* /usr/share/perl* /usr/lib/*/perl* /usr/lib/*/libapt-p* /usr/bin/sqv \
    /usr/lib/*/gconv /var/lib/dpkg/info /usr/share/bash-completion /usr/share/lintian /usr/share/gcc

# One layer without what was removed.
FROM scratch
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="ofsted-watch" \
      org.opencontainers.image.description="Watches Ofsted for reports on councils' children's services" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="MIT"
COPY --from=runtime / /
# The licence; and the list of all that is inside, where `make sbom` was run before.
COPY LICENSE sbom.jso[n] /usr/share/ofsted-watch/
ENV PATH=/venv/bin:/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 PYTHONUNBUFFERED=1 PYTHONPYCACHEPREFIX=/pyc \
    PYTZ_TZDATADIR=/usr/share/zoneinfo OFSTED_WATCH_CONFIG=/config/config.toml
# The configuration is mounted at /config; its data.dir should be /data.
VOLUME /data
USER 10001:10001
HEALTHCHECK --interval=10m --timeout=30s --start-period=2h CMD ["ofsted-watch", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["ofsted-watch"]
CMD ["run"]
