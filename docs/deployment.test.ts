// What is deployed is what the image is: the same user, port and program in each file, no floating tag, and several replicas
// only over a store that they share.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { runtime, versionOf } from '../scripts/image/archive.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('the Dockerfile starts what the archive starts', () => {
  const lines = read('Dockerfile').replaceAll('\\\n', '').replaceAll(/ {2,}/g, ' ').split('\n');
  expect(lines).toContain(`USER ${runtime.User}`);
  expect(lines).toContain(`WORKDIR ${runtime.WorkingDir}`);
  expect(lines).toContain(`ENV ${runtime.Env.join(' ')}`);
  expect(lines).toContain(`STOPSIGNAL ${runtime.StopSignal}`);
  expect(lines).toContain(`ENTRYPOINT ${JSON.stringify(runtime.Entrypoint).replaceAll(',', ', ')}`);
  expect(lines).toContain(`CMD ${JSON.stringify(runtime.Cmd)}`);
  const [, ...check] = runtime.Healthcheck.Test;
  expect(lines.join('\n')).toContain(`CMD ${JSON.stringify(check).replaceAll(',', ', ')}`);
});

test('no file names a tag that moves', () => {
  for (const file of ['Dockerfile', 'compose.yaml']) {
    const images = [...read(file).matchAll(/(?:image:|FROM) (\S+)/g)].map(([, image]) => image);
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(/^scratch$|:v?\d+\.\d+/);
  }
});

test('Compose runs replicas over one database, behind one address', () => {
  expect(load(read('compose.yaml'))).toMatchObject({
    services: {
      'invitations-mock': {
        read_only: true,
        deploy: { replicas: 3 },
        environment: { INVITATIONS_MOCK_STORE: expect.stringMatching(/^postgres:/) },
      },
      balancer: { ports: ['127.0.0.1:4010:4010'] },
    },
  });
});

describe('the chart', () => {
  const isValid = new Ajv({ strict: false }).compile(
    JSON.parse(read('deploy/chart/values.schema.json')),
  );
  const values: unknown = load(read('deploy/chart/values.yaml'));
  const valuesWith = (changed: object): object => Object.assign({}, values, changed);

  /** What it is whatever the values are: lines that decide are gone, and values are one letter. */
  const skeleton = (file: string): unknown => {
    const lines = read(`deploy/chart/templates/${file}`).split('\n');
    const kept = lines.filter((line) => !/^\s*\{\{-.*\}\}$/.test(line)).join('\n');
    return load(kept.replaceAll(/\{\{.*?\}\}/g, 'x'));
  };

  test('refuses more than one replica without a store that they share', () => {
    expect(isValid(values)).toBe(true);
    for (const store of ['memory', 'file']) {
      expect(isValid(valuesWith({ replicas: 2, store }))).toBe(false);
    }
    expect(isValid(valuesWith({ replicas: 3, store: 'postgres' }))).toBe(true);
    // Who skips the schema meets the template.
    expect(read('deploy/chart/templates/deployment.yaml')).toContain('{{- fail ');
  });

  test('takes no tag that moves, and no value that it does not know', () => {
    expect(isValid(valuesWith({ image: { repository: 'a', tag: 'latest' } }))).toBe(false);
    expect(isValid(valuesWith({ replica: 3 }))).toBe(false);
    expect(load(read('deploy/chart/Chart.yaml'))).toMatchObject({ appVersion: versionOf(root) });
  });

  test('runs as the image’s user, cannot write, and is asked for its health', () => {
    expect(skeleton('deployment.yaml')).toMatchObject({
      kind: 'Deployment',
      spec: {
        template: {
          spec: {
            securityContext: { runAsNonRoot: true, runAsUser: 65_532 },
            containers: [
              {
                ports: [{ containerPort: 4010 }],
                securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
                readinessProbe: { httpGet: { path: '/_mock/health/ready' } },
                livenessProbe: { httpGet: { path: '/_mock/health/live' } },
              },
            ],
          },
        },
      },
    });
    expect(skeleton('service.yaml')).toMatchObject({ spec: { ports: [{ targetPort: 'http' }] } });
    expect(skeleton('volume.yaml')).toMatchObject({ kind: 'PersistentVolumeClaim' });
  });
});
