# Rolewise as an image; compose.yaml starts it with PostgreSQL. docs/operations.md says what to set.

FROM python:3.11-slim AS build
ENV PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/rolewise
COPY run.lock ./
# What runs needs neither the tools that install packages nor the packages' own tests: a quarter of it all.
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps --no-compile \
        --requirement run.lock \
    && .venv/bin/pip uninstall --quiet --yes setuptools pip \
    && find .venv -type d -name tests -prune -exec rm -r {} +
COPY . ./
# The key signs nothing here; the image holds none. Bytecode is written now, because the files are read-only later.
RUN SECRET_KEY=only-to-collect-static-files-while-the-image-is-built .venv/bin/python manage.py collectstatic --no-input \
    && .venv/bin/python -m compileall -q careers comparisons config ingest .venv

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin rolewise \
    && install --directory --owner=rolewise --mode=0700 /data
WORKDIR /srv/rolewise
COPY --from=build /srv/rolewise /srv/rolewise
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    HOST=0.0.0.0 \
    DATABASE_URL=sqlite:////data/rolewise.sqlite3
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s \
    CMD [".venv/bin/python", "deploy/is_healthy.py"]
CMD ["/bin/sh", "-c", ".venv/bin/python manage.py prepare && exec deploy/serve"]
