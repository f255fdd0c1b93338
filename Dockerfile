# The fake as a container image. Its files are those that `npm run image` puts together, so that what is tested without a
# container engine is what an engine builds: Node, the libraries that it is linked with, the product. No shell.
#   docker build --tag invitations-mock:0.1.0 .
#   docker run --rm --read-only --publish 127.0.0.1:4010:4010 invitations-mock:0.1.0
FROM node:24.18.0-bookworm-slim AS build
WORKDIR /source
COPY . .
RUN npm ci && npm run --silent image -- /image

FROM scratch
COPY --from=build /image /
USER 65532:65532
WORKDIR /data
ENV NODE_ENV=production \
    INVITATIONS_MOCK_HOST=0.0.0.0 \
    INVITATIONS_MOCK_PORT=4010 \
    INVITATIONS_MOCK_LOG_FORMAT=json
EXPOSE 4010
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
  CMD ["/usr/local/bin/node", "/app/node_modules/invitations-mock/dist/cli/main.js", "healthcheck"]
ENTRYPOINT ["/usr/local/bin/node", "/app/node_modules/invitations-mock/dist/cli/main.js"]
CMD ["start"]
