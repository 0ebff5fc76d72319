# One image for every process of ours: the command says which (docker-compose.yml).
FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
RUN node --import tsx scripts/build-pages.ts && node --import tsx scripts/build-programs.ts
RUN mkdir -p /data /witness && chown node:node /data /witness
USER node
EXPOSE 3000
