// npm run proxy -- URL: Prism's own proxy in front of a deployment, so that a person can click through the real thing
// with validation on. Findings are in the `sl-violations` header and on the terminal.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [url, ...flags] = process.argv.slice(2);

if (url === undefined || !/^https?:\/\//.test(url)) {
  console.error(
    `proxy: ${url === undefined ? 'the address of a deployment is missing' : `"${url}" is not an http address`}; try npm run proxy -- https://staging.example.com`,
  );
  process.exitCode = 2;
} else {
  const prism = fileURLToPath(new URL('../node_modules/.bin/prism', import.meta.url));
  const contract = fileURLToPath(new URL('../spec/openapi.yaml', import.meta.url));
  const child = spawn(prism, ['proxy', contract, url, ...flags], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  child.on('exit', (code) => {
    process.exitCode = code ?? 0;
  });
}
