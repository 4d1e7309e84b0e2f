# Rembuk for production. Data, uploads and the master key lie in the volume /data; see docs/operations.md.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data/database UPLOADS_DIR=/data/uploads
RUN useradd --system --uid 10001 --home-dir /app rembuk && mkdir /data && chown rembuk /data
WORKDIR /app
COPY --from=build /app /app
USER rembuk
VOLUME /data
EXPOSE 3000
HEALTHCHECK --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
