# The build needs the compilers; what runs needs Node, the server's own packages and the page. It runs as a user without
# rights, in an image without a shell or a package manager.
FROM node:22-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund \
  && npx tsc --build apps/server \
  && npm run build --workspace apps/web \
  && npm ci --omit=dev --workspace apps/server --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/@libsql/*musl* node_modules/@types \
  && find packages apps -name src -prune -exec rm -rf {} + \
  && mkdir /data

FROM gcr.io/distroless/nodejs22-debian12:nonroot
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/packages/crdt packages/crdt
COPY --from=build /app/packages/protocol packages/protocol
COPY --from=build /app/apps/server apps/server
COPY --from=build /app/apps/web/dist apps/web/dist
COPY --from=build --chown=nonroot:nonroot /data /data
USER nonroot
VOLUME /data
EXPOSE 3000
# Whether the process answers. Whether it can also store is /readyz, which a proxy asks: a full disk is no reason to restart.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["/nodejs/bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["--max-semi-space-size=4", "apps/server/dist/main.js"]
