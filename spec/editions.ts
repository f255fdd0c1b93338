// The editions of the contract: the first is `openapi.yaml`, each later one an overlay on the one before it.
import {
  dereference,
  isJsonObject,
  readMapping,
  specLocation,
  type JsonObject,
} from './openapi-document.ts';
import { applyOverlay } from './overlay.ts';
import { editions, newestEdition, type Edition } from './vocabulary.ts';

const readYaml = (path: string): Promise<JsonObject> => readMapping(new URL(path, import.meta.url));

const overlayOf = (edition: Edition): string => `./editions/${edition}.yaml`;

const readThrough = async (edition: Edition): Promise<JsonObject> => {
  const later = editions.slice(1, editions.indexOf(edition) + 1);
  const [first, ...overlays] = await Promise.all([
    readMapping(specLocation),
    ...later.map((it) => readYaml(overlayOf(it))),
  ]);
  return overlays.reduce(applyOverlay, first);
};

const read = new Map<Edition, Promise<JsonObject>>();

/** As it was published: what people read and generate clients from. `$ref`s stand as they are. */
export const readEdition = (edition: Edition): Promise<JsonObject> => {
  const known = read.get(edition);
  if (known !== undefined) return known;
  const reading = readThrough(edition);
  read.set(edition, reading);
  // Who comes next tries again.
  reading.catch(() => read.delete(edition));
  return reading;
};

/** What the judge goes by: the edition, with what we ask of answers beyond it. */
export const loadEdition = async (edition: Edition = newestEdition): Promise<JsonObject> => {
  const [published, ours] = await Promise.all([
    readEdition(edition),
    readYaml('./judged.overlay.yaml'),
  ]);
  return dereference(applyOverlay(published, ours));
};

/** In a few words, what an edition brought. */
export const titleOf = async (edition: Edition): Promise<string> => {
  if (edition === editions[0]) return 'The eight operations';
  const { info } = await readYaml(overlayOf(edition));
  return isJsonObject(info) ? String(info['title']) : '';
};
