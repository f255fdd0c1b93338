// Traces for whoever collects them by OpenTelemetry: a span for each exchange, told when it is over. The libraries are no small
// ones, so that only who asks for traces has them.
import type { Tracer } from '@opentelemetry/api';
import { CannotRun } from '../../settings/cannot-run.ts';
import { version } from '../version.ts';
import { readParent, type TracedExchange, type Traces } from './traced.ts';

const packages = ['api', 'resources', 'sdk-trace-base', 'exporter-trace-otlp-http'].map(
  (name) => `@opentelemetry/${name}`,
);

const load = async () => {
  try {
    const [api, resources, sdk, exporter] = await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ]);
    return { ...api, ...resources, ...sdk, ...exporter };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'))
      throw error;
    throw new CannotRun(
      `Traces are asked for, but packages that they need are not installed. Install them beside this one: npm install ${packages.join(' ')}`,
    );
  }
};

type Library = Awaited<ReturnType<typeof load>>;

/** A collector that is not there holds nobody up. */
const patienceMs = 2_000;

const pathOf = (target: string): string => target.split('?', 1)[0] ?? target;

/** No query and no body: addresses of people are in them. */
const attributesOf = (exchange: TracedExchange) => {
  const { id, operation, rule, faultEffect, request, response } = exchange;
  return {
    'http.request.method': request.method,
    'url.path': pathOf(request.target),
    ...(response.status === 0 ? {} : { 'http.response.status_code': response.status }),
    'invitations_mock.request_id': id,
    ...(operation === null ? {} : { 'invitations_mock.operation': operation }),
    ...(rule === null ? {} : { 'invitations_mock.rule': rule }),
    ...(faultEffect === null ? {} : { 'invitations_mock.fault': faultEffect }),
  };
};

const createTeller =
  (library: Library, tracer: Tracer): Traces['exchange'] =>
  (exchange) => {
    const { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = library;
    const { operation, durationMs, request, response, findings } = exchange;
    const endTime = Date.now();
    const parent = readParent(request.headers['traceparent']);
    const context =
      parent === undefined
        ? ROOT_CONTEXT
        : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
    const span = tracer.startSpan(
      `${request.method} ${operation ?? 'unknown'}`,
      {
        kind: SpanKind.SERVER,
        startTime: endTime - durationMs,
        attributes: attributesOf(exchange),
      },
      context,
    );
    for (const { severity, code, message, location } of findings) {
      span.addEvent('finding', { severity, code, message, location: location.join('.') }, endTime);
    }
    if (response.status >= 500 || response.status === 0)
      span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endTime);
    return span.spanContext().traceId;
  };

/** `endpoint` as OTEL_EXPORTER_OTLP_ENDPOINT has it. Rejects with a CannotRun where the libraries are not installed. */
export const openTraces = async (endpoint: string): Promise<Traces> => {
  const library = await load();
  const { BasicTracerProvider, BatchSpanProcessor, OTLPTraceExporter } = library;
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const named = { 'service.name': 'invitations-mock', 'service.version': version() };
  const provider = new BasicTracerProvider({
    resource: library
      .resourceFromAttributes(named)
      .merge(library.detectResources({ detectors: [library.envDetector] })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  return {
    exchange: createTeller(library, provider.getTracer('invitations-mock', version())),
    close: async () => {
      const given = AbortSignal.timeout(patienceMs);
      const over = new Promise<void>((resolve) => {
        given.addEventListener('abort', () => {
          resolve();
        });
      });
      await Promise.race([provider.shutdown().catch(() => undefined), over]);
    },
  };
};
