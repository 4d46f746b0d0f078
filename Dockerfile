# Two stages: the first builds `kollegium`, the second holds little but it.
# Both on the same Debian: a program built on a newer one finds no C library that is new enough.
FROM rust:1.95-slim-bookworm AS build
# SQLite is compiled from its bundled source.
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked --package server && cp target/release/kollegium /kollegium

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/kollegium --create-home kollegium \
    && install -d -o kollegium -g kollegium -m 0700 /var/lib/kollegium/keys /var/lib/kollegium/files
COPY --from=build /kollegium /usr/local/bin/kollegium
USER kollegium
WORKDIR /var/lib/kollegium
EXPOSE 8080
# Asks the program itself, so that the image needs no other: can it read its keys, and does its database answer?
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["kollegium", "doctor"]
ENTRYPOINT ["kollegium"]
CMD ["serve"]
