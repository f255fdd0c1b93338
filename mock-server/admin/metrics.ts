// GET /_mock/metrics: what is counted, as Prometheus reads it.
import * as v from 'valibot';
import { expositionType } from '../metrics/exposition.ts';
import { serverEndpoint } from './endpoint.ts';
import { nothing } from './takes.ts';
import { told } from './schema/values.ts';

export const metrics = serverEndpoint({
  id: 'metrics',
  tag: 'process',
  summary: 'What is counted of the server',
  description:
    'Requests by operation and status, latency, findings by rule, sandboxes, events, the store, the event loop and memory, in the text format of Prometheus. Requests under `/_mock` are not counted.',
  takes: nothing,
  answers: {
    200: {
      description: 'Every metric.',
      schema: told('A line for each series.', v.string()),
      mediaType: 'text/plain',
    },
  },
  handle: ({ readMetrics }) => ({
    status: 200,
    headers: { 'content-type': expositionType },
    body: readMetrics(),
  }),
});
