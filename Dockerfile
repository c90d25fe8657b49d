# The unattended deployment: one container, one volume, no root.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY monitor monitor
COPY notifiers notifiers
COPY spiders spiders
# Bytecode is compiled here: a crawl that has to compile Scrapy first costs twice the time.
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation . && /venv/bin/python -m compileall -q /venv

FROM python:3.13-slim
LABEL org.opencontainers.image.title="ofsted-watch" \
      org.opencontainers.image.description="Watches Ofsted for reports on councils' children's services" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 OFSTED_WATCH_CONFIG=/config/config.toml
# The configuration is mounted at /config; its data.dir should be /data.
VOLUME /data
USER 10001:10001
HEALTHCHECK --interval=10m --timeout=30s --start-period=2h CMD ["ofsted-watch", "status"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["ofsted-watch"]
CMD ["run"]
