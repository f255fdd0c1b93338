// The browser of the tests: the one that `CHROMIUM_PATH` names, else the one that comes with the development dependencies,
// which brings along the libraries and fonts that a bare Debian lacks and has no window to draw: a page costs it a third of what
// it costs a desktop's browser. Where that one cannot run, the machine's own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const chosen = process.env['CHROMIUM_PATH'];

const places = [
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
    (name) => `/usr/bin/${name}`,
  ),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  chromium.executablePath(),
];

/** What a browser and those who start one need to be told, as environment. */
type Surroundings = Readonly<Record<string, string>>;

const unpack = async (): Promise<Surroundings> => {
  const told = ['AWS_LAMBDA_JS_RUNTIME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH'];
  const before = told.map((name) => [name, process.env[name]] as const);
  // Its libraries are unpacked only where it believes that nothing else has them.
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  const { default: packed } = await import('@sparticuz/chromium');
  const path = await packed.executablePath();
  const { LD_LIBRARY_PATH = '', FONTCONFIG_PATH = '' } = process.env;
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  return { CHROMIUM_PATH: path, CHROMIUM_LIBRARIES: LD_LIBRARY_PATH, FONTCONFIG_PATH };
};

const runs = ({ CHROMIUM_PATH: path = '', ...surroundings }: Surroundings): boolean => {
  const { CHROMIUM_LIBRARIES: LD_LIBRARY_PATH = '' } = surroundings;
  const env = { ...process.env, ...surroundings, LD_LIBRARY_PATH };
  return spawnSync(path, ['--version'], { env }).status === 0;
};

/** Nothing where the machine has no browser and the packed one, for Linux on x64, cannot run. */
export const findChromium = async (): Promise<Surroundings> => {
  if (chosen !== undefined && existsSync(chosen)) return { CHROMIUM_PATH: chosen };
  if (process.platform === 'linux' && process.arch === 'x64') {
    const packed = await unpack();
    if (runs(packed)) return packed;
  }
  const own = places.find((place) => place !== '' && existsSync(place));
  return own === undefined ? {} : { CHROMIUM_PATH: own };
};
