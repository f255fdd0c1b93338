// ISO 8601 durations of fixed length, in milliseconds: weeks, days, hours, minutes, seconds. Years and months have none.

const units = [
  ['D', 86_400_000],
  ['H', 3_600_000],
  ['M', 60_000],
] as const;

const pattern =
  /^(-)?P(?=\d|T\d)(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?$/;

/** Undefined for what is no such duration. */
export const parseIsoDuration = (text: string): number | undefined => {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, sign, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
  const total =
    (Number(weeks) * 7 + Number(days)) * 86_400_000 +
    Number(hours) * 3_600_000 +
    Number(minutes) * 60_000 +
    Math.round(Number(seconds) * 1_000);
  return sign === undefined ? total : -total;
};

export const formatIsoDuration = (milliseconds: number): string => {
  let rest = milliseconds;
  const parts = units.map(([unit, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return count === 0 ? '' : `${count}${unit}`;
  });
  const [days = '', ...clock] = parts;
  const time = `${clock.join('')}${rest === 0 ? '' : `${rest / 1_000}S`}`;
  const text = `P${days}${time === '' ? '' : `T${time}`}`;
  return text === 'P' ? 'PT0S' : text;
};
