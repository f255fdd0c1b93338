// What is deployed is what the image is: the same user, port and program in each file, no floating tag, one replica.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { load, loadAll } from 'js-yaml';
import { runtime } from '../scripts/image/archive.ts';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');

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
  for (const file of ['Dockerfile', 'compose.yaml', 'deploy/kubernetes/invitations-mock.yaml']) {
    const images = [...read(file).matchAll(/(?:image:|FROM) (\S+)/g)].map(([, image]) => image);
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(/^scratch$|:v?\d+\.\d+/);
  }
});

test('the cluster runs one replica, as the image’s user, and cannot write', () => {
  const [deployment, service] = loadAll(read('deploy/kubernetes/invitations-mock.yaml'));
  expect(deployment).toMatchObject({
    kind: 'Deployment',
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      template: {
        spec: {
          securityContext: { runAsNonRoot: true, runAsUser: 65_532 },
          containers: [
            {
              ports: [{ containerPort: 4010 }],
              securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
            },
          ],
        },
      },
    },
  });
  expect(service).toMatchObject({ kind: 'Service', spec: { ports: [{ targetPort: 'http' }] } });
  expect(load(read('compose.yaml'))).toMatchObject({
    services: { 'invitations-mock': { read_only: true } },
  });
});
